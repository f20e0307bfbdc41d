from datetime import UTC, date, datetime, timedelta

from tomsapp.domain.signer import SIGNER, Certificate, Signer, SignerKind

FROM, UNTIL = datetime(2026, 4, 1, 12, tzinfo=UTC), datetime(2027, 4, 1, 12, tzinfo=UTC)
MADE = Certificate("Council", "Council", "abcdef01" * 8, FROM, UNTIL, is_self_made=True)
GIVEN = Certificate("Council", "Authority", "abcdef01" * 8, FROM, UNTIL, is_self_made=False)


def test_certificate_is_valid_from_its_first_moment_to_its_last():
    moment = timedelta(seconds=1)
    assert [MADE.is_valid_at(at) for at in (FROM - moment, FROM, UNTIL, UNTIL + moment)] == [False, True, True, False]
    assert MADE.validity == "valid from 1 April 2026 until 1 April 2027"


def test_who_vouches_for_a_name_is_said():
    assert MADE.issued_words == "self-made, nobody else vouches for it"
    assert GIVEN.issued_words == "issued by Authority"
    assert MADE.fingerprint_words == " ".join(["abcd", "ef01"] * 8)


def test_key_of_the_council_asks_for_a_password():
    own, council = Signer(SignerKind.DATABASE, MADE), Signer(SignerKind.COUNCIL, GIVEN)
    assert [each.is_locked_away for each in (own, council)] == [False, True]
    assert [each.kind.words for each in (own, council)] == [
        "Self-made key of this database",
        "Certificate of the council",
    ]
    assert SIGNER.name_of(own) == "Council"
    assert SIGNER.fact("valid_until").words(date(2027, 4, 1)) == "1 April 2027"


def test_what_the_history_tells_of_a_key_is_its_certificates():
    told = {fact.name: getattr(Signer(SignerKind.COUNCIL, GIVEN), fact.name) for fact in SIGNER.facts}
    assert told == {
        "kind": SignerKind.COUNCIL,
        "name": "Council",
        "fingerprint": "abcdef01" * 8,
        "valid_until": date(2027, 4, 1),
    }
