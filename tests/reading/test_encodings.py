import pytest

from tomsapp.reading.encodings import Encoding, decode_any, utf_16_of


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Café".encode(), "Café", Encoding.UTF_8),
        ("Café".encode("utf-8-sig"), "Café", Encoding.UTF_8),
        ("Café".encode("utf-16"), "Café", Encoding.UTF_16),
        ("Café au lait".encode("utf-16-be"), "Café au lait", Encoding.UTF_16),
        ("Café £5".encode("cp1252"), "Café £5", Encoding.WINDOWS),
        (b"", "", Encoding.UTF_8),
    ],
)
def test_text_is_decoded_by_its_mark_or_its_bytes(data, text, encoding):
    found = decode_any(data)
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("data", [b"\x81\x8d", b"\xff\xfea", b"\xef\xbb\xbf\xff"])
def test_what_is_in_no_encoding_has_no_text(data):
    assert decode_any(data) is None


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        ("Code".encode("utf-16-le"), "utf-16-le"),
        ("Code".encode("utf-16-be"), "utf-16-be"),
        (b"Code", ""),
        (b"a", ""),
        (bytes(20), ""),
        (b"a\0bcdefgh", ""),
    ],
)
def test_utf_16_without_its_mark_is_known_by_every_second_byte(data, codec):
    assert utf_16_of(data) == codec
