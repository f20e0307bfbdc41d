"""Draws Start, Menu and Settings in a real window to pictures, to be looked at beside the design.

Run: QT_QPA_PLATFORM=offscreen python -m tests.gui.pages_gallery FOLDER [--scale 2] [--only start]
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

if "--scale" in sys.argv:
    os.environ["QT_SCALE_FACTOR"] = sys.argv[sys.argv.index("--scale") + 1]

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.ordinary import protected
from tomsapp.gui.application import build_window, make_application, new_session
from tomsapp.gui.focus_ring import install_focus_ring
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.theme import current_theme, install_theme

_HOME = tempfile.mkdtemp()
SIZES = {"1366": (1366, 768), "1280": (1280, 680)}


def settle():
    for _ in range(4):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


class Gallery:
    def __init__(self, folder: Path, only: str) -> None:
        self.folder, self.only = folder, only
        folder.mkdir(parents=True, exist_ok=True)

    def start(self):
        session = new_session(jobs=inline_jobs())
        window = build_window(session, _fail)
        window.resize(1366, 768)
        window.show()
        return session, window

    def shoot(self, window, name):
        theme = current_theme()
        for size, (width, height) in SIZES.items():
            for text in (100, 150):
                for look in ("light", "dark"):
                    if look == "dark" and (size != "1366" or text != 100):
                        continue
                    theme.set_text_size(text)
                    theme.set_theme(look)
                    window.resize(width, height)
                    settle()
                    window.grab().save(str(self.folder / f"{name}_{size}_{text}_{look}.png"))
        theme.set_text_size(100)
        theme.set_theme("light")
        window.resize(1366, 768)
        settle()

    def wants(self, name):
        return self.only in {"", name}


def _fail(error):
    raise error


def start_pages(gallery):
    session, window = gallery.start()
    gallery.shoot(window, "start_empty")
    page = window.page("start")
    page.show_target(str(Path(_HOME) / "missing.db"))
    settle()
    window.grab().save(str(gallery.folder / "start_trouble.png"))
    page.example_button.click()
    settle()
    other = Path(_HOME) / "larkmere.db"
    page.opener.make(str(other), "Larkmere Council")
    gone = Path(_HOME) / "gone.db"
    page.opener.make(str(gone), "Gone Council")
    with protected(other):
        page.opener.open(str(other))
        gone.unlink()
        page._look_for_files()
        settle()
        gallery.shoot(window, "start_open")
    page.choices.make()
    dialog = page.choices._making
    settle()
    dialog.grab().save(str(gallery.folder / "make_file.png"))
    dialog.place.set_current("server")
    dialog._show_place("server")
    dialog._on_make()
    settle()
    dialog.grab().save(str(gallery.folder / "make_server.png"))
    from tomsapp.gui.dialogs.about import AboutDialog
    from tomsapp.gui.dialogs.guide import GuideDialog
    from tomsapp.services.menus import attributions

    for name, shown in (
        ("guide", GuideDialog(window)),
        ("about", AboutDialog(attributions(session.catalogue), window)),
    ):
        shown.show()
        settle()
        shown.grab().save(str(gallery.folder / f"{name}.png"))
        shown.close()
    window.close()


def main():
    os.environ["TOMSAPP_HOME"] = _HOME
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    gallery = Gallery(Path(sys.argv[1]), only)
    app = make_application()
    install_theme(app)
    install_focus_ring(app)
    try:
        for name, draw in DRAWN.items():
            if gallery.wants(name):
                draw(gallery)
    finally:
        shutil.rmtree(_HOME, ignore_errors=True)


def broken_edition(folder):
    """An edition that cannot be read beside the shipped ones."""
    from tomsapp.config.paths import menus_dir

    broken = folder / "barnet-open" / "2027.1"
    shutil.copytree(menus_dir() / "barnet-open" / "2026.2", broken)
    (broken / "theme-6-planet.toml").write_text("[[outcome]", encoding="utf-8")
    return folder


def menu_pages(gallery):
    folder = broken_edition(Path(_HOME) / "more-menus")
    session = new_session([folder], jobs=inline_jobs())
    window = build_window(session, _fail)
    window.resize(1366, 768)
    window.show()
    window.page("start").opener.open_example()
    window.go_to("menu", ("barnet-open", "2026.2", "G01"))
    settle()
    gallery.shoot(window, "menu_dated")
    for code in ("J11", "R01", "S01"):
        window.go_to("menu", ("barnet-open", "2026.2", code))
        settle()
        window.grab().save(str(gallery.folder / f"menu_{code}.png"))
    window.go_to("menu", ("barnet-open", "2026.1", "L01"))
    settle()
    gallery.shoot(window, "menu_withdrawn")
    page = window.page("menu")
    page.tree.search.setText("school")
    settle()
    window.grab().save(str(gallery.folder / "menu_search.png"))
    page.tree.search.clear()
    page.views.set_current("compare")
    page._on_view("compare")
    page.compare._choose(page.compare.before, ("barnet-open", "2026.1"))
    page.compare._choose(page.compare.after, ("barnet-open", "2026.2"))
    page.compare.compare()
    page.compare.contract.setCurrentIndex(3)
    page.compare._read_effect()
    settle()
    gallery.shoot(window, "compare")
    page.compare.kinds.set_current("wording")
    page.compare._show_rows()
    settle()
    window.grab().save(str(gallery.folder / "compare_wording.png"))
    window.go_to("menu", ("barnet-open", "2027.1"))
    settle()
    window.grab().save(str(gallery.folder / "menu_broken.png"))
    window.close()


def settings_pages(gallery):
    from tomsapp.gui.settings.rule_dialog import RuleDialog

    session = new_session(jobs=inline_jobs())
    window = build_window(session, _fail)
    window.resize(1366, 768)
    window.show()
    window.go_to("settings", "council")
    settle()
    window.grab().save(str(gallery.folder / "settings_closed.png"))
    window.page("start").opener.open_example()
    for tab in ("computer", "council", "policy", "signature", "database", "about"):
        window.go_to("settings", tab)
        settle()
        gallery.shoot(window, f"settings_{tab}")
    page = window.page("settings")
    page.show_target("council")
    page.council.form.field("council_name").set_text("")
    page.council.form.logo.load(Path(__file__))
    page.council.editor.save()
    settle()
    window.grab().save(str(gallery.folder / "settings_errors.png"))
    from tomsapp.config.paths import resources_dir

    page.council.form.logo.load(resources_dir() / "app" / "tomsapp.png")
    settle()
    window.grab().save(str(gallery.folder / "settings_logo.png"))
    rules = page.policy._rules
    for name, before in (("rule_add", None), ("rule_jobs", rules[2])):
        dialog = RuleDialog(session, before, [rule.record for rule in rules if rule is not before], window)
        dialog.show()
        settle()
        dialog.grab().save(str(gallery.folder / f"{name}.png"))
        dialog.form.field("per").set_text("0")
        dialog.form.field("in_force_until").set_date(rules[0].record.in_force_from.replace(year=2000))
        dialog.editor.save()
        settle()
        dialog.grab().save(str(gallery.folder / f"{name}_errors.png"))
        dialog.close()
    window.close()


DRAWN = {"settings": settings_pages, "start": start_pages, "menu": menu_pages}

if __name__ == "__main__":
    main()
