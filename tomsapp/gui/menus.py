"""What stands in the four menus: the window is painted with their titles, and this follows at once."""

from __future__ import annotations

from tomsapp.gui.database_actions import DatabaseActions
from tomsapp.gui.edit_menu import EditMenu
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.pages.start_page import StartPage
from tomsapp.gui.wiring import Wiring


def fill_menus(window: MainWindow, wiring: Wiring) -> None:
    """Bring what the window, the session and the Start page can do, with the keys that do it."""
    window.fill_menus()
    EditMenu(wiring.session, window, wiring.undo)
    start = window.page("start")
    if isinstance(start, StartPage):
        DatabaseActions(wiring.session, window, start)
