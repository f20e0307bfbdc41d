"""Starts the window: theme, session, pages, menus; heavy parts load when they are first needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6 import QtCore
from PySide6.QtWidgets import QApplication

from tomsapp import __version__
from tomsapp.bootstrap import menu_catalogue, signed_in_name
from tomsapp.config import paths
from tomsapp.config.policies import SIGN_IN_NAME, policies_in_force
from tomsapp.config.preferences import user_preferences
from tomsapp.config.recents import last_open
from tomsapp.gui.after_paint import AfterPaint, in_turns, load_all_parts
from tomsapp.gui.errors import ErrorReporter
from tomsapp.gui.jobs import Jobs, inline_jobs
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.registry import page_specs
from tomsapp.gui.session import USER_NAME, Session
from tomsapp.gui.theme import current_theme, install_theme
from tomsapp.services.addresses import is_server
from tomsapp.services.garbage import collect_garbage, look_at_all
from tomsapp.services.program_log import start_log, watch_faults

if TYPE_CHECKING:
    from tomsapp.gui.pages.start_page import StartPage
    from tomsapp.gui.second_start import SecondStart
    from tomsapp.gui.wiring import Wiring

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_TURN = 0.0005
"""Seconds after which a thread that works gives way to one that waits; the window waits many times for each answer."""

_STYLE = ("-style", "Fusion")
"""Said so and not by a call, whose answer would bring all that a style can be asked before the first paint."""

_OWN_SCREEN = {"linux": "libqxcb.so", "win32": "qwindows.dll"}
_PICTURES = {"png", "jpeg", "svg"}

_NO_DISPLAY = (
    "There is no display to open the window on. "
    "Start tomsapp in a desktop session, or use its commands: tomsapp --help lists them."
)


def build_window(session: Session, report_fault: Callable[[BaseException], object]) -> MainWindow:
    """The main window around a session, with every page declared and the menus filled."""
    window = _first_window(session)
    for _ in _filling(session, window, report_fault, lambda _wiring: None):
        pass
    return window


def _first_window(session: Session) -> MainWindow:
    """The main window as it is painted first."""
    from tomsapp.gui.widgets.roles import tell_roles

    # Where a screen reader runs already, Qt asks what each part is as it is shown, and never again.
    tell_roles()
    window = MainWindow(page_specs(session), jobs=session.jobs, preferences=session.preferences, wholly=False)
    if session.has_name:  # the name of the login is nobody's who gave one
        window.status.set_user(session.who)
    return window


def _filling(
    session: Session,
    window: MainWindow,
    report_fault: Callable[[BaseException], object],
    begin: Callable[[Wiring], object],
) -> Iterator[None]:
    """Ties the window to the session and brings what can be chosen in it, in parts; then calls `begin`."""
    from PySide6.QtGui import QIcon

    from tomsapp.gui.wiring import Wiring

    yield
    from tomsapp.gui.menus import fill_menus

    yield
    wiring = Wiring(session, window, report_fault)
    QApplication.setWindowIcon(QIcon(str(paths.resources_dir() / "app" / "tomsapp.png")))
    yield
    fill_menus(window, wiring)
    yield
    begin(wiring)


def start_window(
    application: QApplication,
    session: Session,
    report_fault: Callable[[BaseException], object],
    begin: Callable[[Wiring], object] = lambda _wiring: None,
) -> MainWindow:
    """The main window, not shown yet; what its first paint can do without follows that paint, then `begin`."""
    sys.setswitchinterval(_TURN)
    theme = install_theme(application, wholly=False)
    window = _first_window(session)
    theme.lay_sheet()

    def after_paint() -> Iterator[None]:
        yield from _filling(session, window, report_fault, begin)
        yield
        yield from theme.finishing()
        yield
        from tomsapp.gui.focus_ring import install_focus_ring

        install_focus_ring(application)
        yield
        collect_garbage()
        application.applicationStateChanged.connect(_look_at_garbage)
        load_all_parts(session.jobs)

    AfterPaint(window, lambda: in_turns(window, after_paint()))
    return window


def _look_at_garbage(state: QtCore.Qt.ApplicationState) -> None:
    """Look at all of it while the user is in another program."""
    if state is not QtCore.Qt.ApplicationState.ApplicationActive:
        look_at_all()


def new_session(extra_menus: Sequence[Path] = (), jobs: Jobs | None = None) -> Session:
    """A session with the installed menus and this user's preferences; no database is open yet."""
    preferences, policies = user_preferences(), policies_in_force()
    own = "" if policies.is_on(SIGN_IN_NAME) else preferences.get(USER_NAME, "").strip()
    return Session(jobs or Jobs(), menu_catalogue(extra_menus), preferences, own or signed_in_name(), policies)


class Application(QApplication):
    """Hears when the system's theme becomes another, of which Qt tells nobody but windows and the application."""

    def event(self, event: QtCore.QEvent) -> bool:
        """Let the theme look at the system once Qt has taken over all of its own."""
        if event.type() is QtCore.QEvent.Type.ThemeChange:
            QtCore.QTimer.singleShot(0, current_theme().look_at_system)
        return super().event(event)


def make_application() -> QApplication:
    """The Qt application with its name, before any window."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else Application([*sys.argv[:1], *_STYLE])
    application.setApplicationName("tomsapp")
    application.setApplicationDisplayName("Social value calculator")
    application.setApplicationVersion(__version__)
    return application


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether Qt finds a display; asked first, for on Linux Qt ends the whole program when there is none."""
    return platform != "linux" or any(environment.get(name) for name in _DISPLAYS)


def _reporter() -> ErrorReporter:
    """What catches all faults: those of Python, and in a file of their own those that end the program at once."""
    folder = paths.log_dir()
    watch_faults(folder)
    reporter = ErrorReporter(start_log(folder))
    reporter.install()
    return reporter


def run_window(database: str | None = None, extra_menus: Sequence[Path] = (), files: Sequence[Path] = ()) -> int:
    """Open the window and stay until it is closed; the exit status is 2 where there is no display.

    Args:
        extra_menus: folders with more menus.
        database: the database to open; where none is named, the one that was open last.
        files: opened as what they are.
    """
    if not has_display(sys.platform, os.environ):
        print(_NO_DISPLAY, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 2
    application = make_application()
    reporter = _reporter()
    session = new_session(extra_menus)

    def begin_with(wiring: Wiring) -> None:
        reporter.look = wiring.damage.look
        begin(window, session, database, files)
        listening.append(_listen_for(window))

    listening: list[SecondStart] = []
    window = start_window(application, session, reporter.report_exception, begin_with)
    reporter.setParent(window)
    window.show()
    status = application.exec()
    for each in listening:
        each.end()
    session.jobs.shut_down()
    if session.is_open:
        session.workspace.close()
    let_go(window)
    return status


def _listen_for(window: MainWindow) -> SecondStart:
    """Take what a second start of the program hands over."""
    from tomsapp.config.running import WINDOW
    from tomsapp.gui.second_start import SecondStart

    def open_file(path: Path) -> None:
        _start_of(window).documents.open(path)

    return SecondStart(WINDOW, lambda: window, open_file)


def run_bidders(files: Sequence[Path]) -> int:
    """Open the window of a bidder for each pack or offer, and stay until the last one is closed.

    The exit status is 2 where there is no display, or none of the files can be opened.
    """
    if not has_display(sys.platform, os.environ):
        print(_NO_DISPLAY, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 2
    from tomsapp.gui.bidder.open_bidder import BidderProgram

    application = make_application()
    reporter = _reporter()
    install_theme(application)
    from tomsapp.config.running import BIDDER
    from tomsapp.gui.second_start import SecondStart

    program = BidderProgram(files, Jobs(), user_preferences(), reporter.report_exception)
    listening = SecondStart(BIDDER, QApplication.activeWindow, program.open)
    status = application.exec()
    listening.end()
    program.end()
    return program.status or status


def let_go(window: MainWindow) -> None:
    """Take a window apart while the application is there; when Python ends, its parts would go in no order at all."""
    window.deleteLater()
    QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete.value)


def begin(window: MainWindow, session: Session, database: str | None, files: Sequence[Path] = ()) -> None:
    """Open the database that was asked for, else the one that was open when the program was closed, and then the files.

    A server asks for its password, so its database waits on Start until it is chosen there.
    """
    start = _start_of(window)
    target = database or _database_among(files) or last_open(session.preferences)
    if target is not None and (database or not is_server(target)):
        start.show_target(target)
    for file in files:
        if str(file) != target:
            start.documents.open_when_ready(file)


def _start_of(window: MainWindow) -> StartPage:
    return cast("StartPage", window.page("start"))


def _database_among(files: Sequence[Path]) -> str | None:
    """The first of the files that is a database, or is called as one."""
    from tomsapp.services.documents import is_database

    return next((str(file) for file in files if is_database(file)), None) if files else None


def check_window() -> int:
    """Make the window with every page once, without staying; part of the self-check."""
    application = make_application()
    install_theme(application)
    session = new_session(jobs=inline_jobs())
    window = build_window(session, _raise)
    window.show()
    for spec in page_specs(session):
        window.page(spec.key)
    application.processEvents()
    _check_plugins()
    print(f"{len(page_specs(session))} pages opened")  # noqa: T201 - the self-check reads it
    return 0


def _check_plugins() -> None:
    """Qt loads these by name while it runs: what draws on this system's own screen, and the pictures of logos."""
    from PySide6.QtGui import QImageReader

    folder = Path(QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    name = _OWN_SCREEN.get(sys.platform)
    if name is not None:
        screen = QtCore.QPluginLoader(str(folder / name))
        if not screen.load():
            raise ImportError(screen.errorString())
    known = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
    if not known >= _PICTURES:
        raise ImportError(f"No picture can be read of these kinds: {sorted(_PICTURES - known)}")


def _raise(error: BaseException) -> None:
    raise error
