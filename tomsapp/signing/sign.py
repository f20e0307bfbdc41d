"""Signs a finished PDF: the signature is added after the whole document, whose bytes stay as they are."""

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from tomsapp.signing import muted as muted  # noqa: PLC0414 - imported for what it does
from tomsapp.signing.errors import SigningError
from tomsapp.signing.keys import SigningKey

FIELD = "Signature"
"""The name of the field that holds the signature."""

_REASON = "Published"


class _Appended(IncrementalPdfFileWriter):
    """Adds to a PDF and leaves what it says of itself, so that a signature adds itself and nothing else."""

    def _update_meta(self) -> None:
        """Leave title, dates and maker of the document as they are; pyHanko would write its own over them."""


def sign_pdf(data: bytes, key: SigningKey) -> bytes:
    """A PDF with a PAdES signature over all of it, which allows no later change; no page looks otherwise.

    The field of the signature takes no room and lies outside the page: PDF/UA-1 (7.18.1, 7.18.4) asks for no tag of
    what lies there, and PDF/A-3 (6.3.2) forbids to hide it.

    Raises:
        SigningError: the key cannot sign.
    """
    signer = signers.SimpleSigner.load_pkcs12_data(key.data, [], None)
    if signer is None:
        raise SigningError("The key cannot be read", "Choose the certificate again under Settings, Signature")
    outside = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    place = fields.SigFieldSpec(FIELD, on_page=0, box=None, invis_sig_settings=outside)
    said = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=key.certificate.name,
        reason=_REASON,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    out = signers.PdfSigner(said, signer, new_field_spec=place).sign_pdf(_Appended(BytesIO(data)))
    return bytes(out.getvalue())
