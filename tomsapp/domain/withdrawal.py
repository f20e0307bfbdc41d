"""Editions that were withdrawn after contracts had been signed with them."""

from dataclasses import replace

from tomsapp.domain.menu import EditionStatus, MenuEdition


def before_withdrawal(edition: MenuEdition) -> MenuEdition:
    """The edition as it was published, without what was said of it later."""
    if edition.withdrawn_on is None:
        return edition
    return replace(edition, status=EditionStatus.PUBLISHED, withdrawn_on=None, withdrawn_because="")
