"""What a reviewer should look at in the sources of an edition: whose addresses they give, and when they were read."""

from collections.abc import Iterable

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.proxy import Source
from tomsapp.domain.publishers import PUBLISHERS_HOSTS, host_of, is_publishers
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.files import MENU_FILE
from tomsapp.menufiles.review import Checked

_KNOWN = ", ".join(f"{host} ({publisher})" for host, publisher in PUBLISHERS_HOSTS.items())


def unknown_hosts(checked: Checked) -> Iterable[Problem]:
    """Addresses on a host that no known publisher has: a copy, a news site or a code host, or a new publisher."""
    for source in checked.edition.sources:
        if not is_publishers(source.address):
            yield _unknown(source.address, _place(source, "address"))
    for measure in checked.edition.measures:
        address = measure.proxy.address if measure.proxy else ""
        if address and not is_publishers(address):
            yield _unknown(address, checked.where(measure.code, "proxy.address"))


def unread_sources(checked: Checked) -> Iterable[Problem]:
    """Sources of which neither they nor each value that names them say when they were read."""
    edition = checked.edition
    proxies = [measure.proxy for measure in edition.measures if measure.proxy]
    for source in edition.sources:
        days = [proxy.read_on for proxy in proxies if proxy.source == source]
        of_index = edition.deflator is not None and edition.deflator.source == source
        if source.read_on is None and (of_index or not days or None in days):
            message = "It does not say on which day it was read"
            fix = "Add read_on = …, and the address of the page as read_at where that is not the publisher’s"
            yield problem_at("source-unread", message, fix, _place(source, "read_on"), Severity.WARNING)


def read_elsewhere(checked: Checked) -> Iterable[Problem]:
    """Sources that are quoted by somebody else, without the page on which they were read."""
    for source in checked.edition.sources:
        if "quoted by" in source.title and not host_of(source.read_at):
            message = "It was read as somebody else quotes it, and the page of that is not named"
            fix = "Add the web address of the page as read_at"
            yield problem_at("quoted-nowhere", message, fix, _place(source, "read_at"), Severity.WARNING)


def _unknown(address: str, where: Where) -> Problem:
    message = f"{host_of(address) or 'The address'} is not known as a publisher’s host, so it is printed without a link"
    fix = (
        "Give the publisher’s own address, and the page of a copy that was read as read_at. Keep it only where the "
        f"publisher itself is there: known are {_KNOWN}"
    )
    return problem_at("unknown-host", message, fix, where, Severity.WARNING)


def _place(source: Source, key: str) -> Where:
    return Where(file=MENU_FILE, field=f"source {source.key}, {key}")


SOURCE_RULES = (unknown_hosts, unread_sources, read_elsewhere)
"""Every rule of this module, in the order in which their Problems are told."""
