"""An address is a publisher's where its host is known, and a question where it is not."""

import pytest

from tomsapp.domain.publishers import PUBLISHERS_HOSTS, host_of, is_publishers


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("https://www.gov.uk/x", True),
        ("https://cy.ons.gov.uk/x", True),
        ("http://www.fsb.org.uk/x", True),
        ("https://www.GOV.UK/x", True),
        ("https://github.com/someone/www.gov.uk", False),
        ("https://notgov.uk/x", False),
        ("https://gov.uk.news.example/x", False),
        ("https://www.gov.uk@news.example/x", False),
        ("https://www.charlesrussellspeechlys.com/en/insights", False),
        ("https://blogs.ncvo.org.uk/2014/06/26/", False),
        ("https://[gov.uk/x", False),
        ("https://news.example\\@www.gov.uk/x", False),
        ("HTTPS://www.gov.uk/x", True),
        ("javascript://gov.uk/%0aalert(1)", False),
        ("file://gov.uk/x", False),
        ("www.gov.uk", False),
        ("", False),
    ],
)
def test_an_address_is_known_by_its_host_alone(address: str, known: bool) -> None:
    assert is_publishers(address) is known


def test_a_host_is_said_without_www() -> None:
    assert host_of("https://www.gov.uk/table") == "gov.uk"
    assert host_of("no address") == host_of("https://[") == ""


def test_every_known_host_says_who_publishes_there() -> None:
    assert all(host == host.lower() and publisher for host, publisher in PUBLISHERS_HOSTS.items())
