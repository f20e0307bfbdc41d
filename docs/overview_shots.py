"""The pictures of what was delivered, on the Overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docs.camera import press, settle

if TYPE_CHECKING:
    from docs.camera import Camera
    from tomsapp.gui.pages.overview_page import OverviewPage


def _page(camera: Camera) -> OverviewPage:
    camera.go_to("overview")
    return cast("OverviewPage", camera.window.page("overview"))


def delivered(camera: Camera) -> None:
    """What was delivered of all contracts, then every filter at once, and the lines behind a figure."""
    page = _page(camera)
    press(page.side, "Delivery")
    settle(200)
    camera.take("overview-delivery")
    bar = page.filter_bar
    bar.open_more()
    settle()
    camera.take("overview-filters", bar.all_filters)
    if bar.all_filters is not None:
        bar.all_filters.close()
    page.delivery.headlines.cards[-1].click()
    settle(100)
    camera.take("overview-lines", page.lists.dialog)
    if page.lists.dialog is not None:
        page.lists.dialog.reject()
    press(page.side, "Commitments")
    settle(200)
