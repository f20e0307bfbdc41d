"""Whose web address a source gives: the hosts of publishers that menus quote, and no other."""

from urllib.parse import urlsplit

PUBLISHERS_HOSTS = {
    "gov.uk": "government departments, public bodies and councils",
    "nhs.uk": "the National Health Service",
    "parliament.uk": "UK Parliament",
    "livingwage.org.uk": "Living Wage Foundation",
    "fsb.org.uk": "Federation of Small Businesses",
    "eftec.co.uk": "eftec, an author of Defra’s market study of biodiversity",
}
"""Each host, the hosts below it included, with who publishes there. A copy or a news site never stands here."""


def host_of(address: str) -> str:
    """The host of an address as people say it, without "www."; "" where it has none."""
    if "\\" in address:
        # To a browser it ends the host, and to others it does not.
        return ""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        # Brackets without an address of six parts between them.
        return ""


def is_publishers(address: str) -> bool:
    """Whether a web address is on the host of a publisher; any other may be a copy, a news site or a code host."""
    host = host_of(address) if address.lower().startswith(("https://", "http://")) else ""
    return any(host == known or host.endswith(f".{known}") for known in PUBLISHERS_HOSTS)
