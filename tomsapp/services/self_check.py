"""Whether this installation can do its work: menus, database, valuation, files, signature, parts and window."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from tomsapp.config.paths import is_frozen
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_pounds
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import commitments, contracts, databases, reporting, suppliers
from tomsapp.services.self_check_parts import files_made, parts_named, server_asked
from tomsapp.services.workspace import Workspace

_WINDOW_SECONDS = 60
_EMPTY_PDF = b"""%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Resources << >> >>
endobj
xref
0 4
0000000000 65535 f\x20
0000000009 00000 n\x20
0000000058 00000 n\x20
0000000117 00000 n\x20
trailer
<< /Size 4 /Root 1 0 R >>
startxref
207
%%EOF
"""


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One part of the self-check and how it came out."""

    name: str
    passed: bool
    detail: str = ""


def run_self_check(catalogue: Catalogue) -> Iterator[CheckStep]:
    """Do each part of the program's work once in a temporary folder; a part that fails does not stop the others."""
    with tempfile.TemporaryDirectory(prefix="tomsapp-check-", ignore_cleanup_errors=True) as folder:
        yield _step("menus", lambda: _menus(catalogue))
        yield _step("database, valuation and files", lambda: _contract(catalogue, Path(folder)))
        yield _step("signature", _signature)
        yield _step("locked room", _locked_room)
        yield _step("server", server_asked)
        yield _step("parts", parts_named)
        yield _step("window", _window)


def _step(name: str, work: Callable[[], str]) -> CheckStep:
    try:
        return CheckStep(name, True, work())
    except TomsError as error:
        return CheckStep(name, False, str(error))
    except Exception as error:  # noqa: BLE001 - the check must name whatever is missing in a build
        return CheckStep(name, False, f"{type(error).__name__}: {error}")


def _menus(catalogue: Catalogue) -> str:
    loaded = [catalogue.load(code, edition) for code, edition in catalogue.names()]
    return ", ".join(f"{edition.name} with {len(edition.measures)} measures" for edition in loaded)


def _locked_room() -> str:
    """Read a small table, and refuse what is none, as strangers' files are read."""
    from tomsapp.exchange.offer_file import OfferUnreadable
    from tomsapp.services.strangers import open_any_table

    _, book = open_any_table(b"Code,Year 1\r\nS08,40\r\n", "check.csv")
    try:
        open_any_table(b"%PDF-1.7", "check.pdf")
    except OfferUnreadable:
        return f"{len(book.sheets[0].rows)} rows came out of it"
    raise TomsError("A PDF was read as a table", "Install the program anew")


def _contract(catalogue: Catalogue, folder: Path) -> str:
    workspace = databases.make_database(folder / "check.tomsdb", catalogue, "self-check", "Self-check")
    try:
        return _value_one(workspace)
    finally:
        workspace.close()


def _value_one(workspace: Workspace) -> str:
    from tomsapp.domain.supplier import Supplier

    menu, edition = databases.DEFAULT_MENU
    start = date(2026, 4, 1)
    supplier = suppliers.add_supplier(workspace, Supplier("Self-check")).result
    contract = Contract(
        reference="CHECK-1",
        value=Decimal("1000000.00"),
        start_on=start,
        end_on=end_after(start, 1),
        title="Self-check",
        menu=menu,
        edition=edition,
    )
    stored = contracts.add_contract(workspace, contract, supplier.id).result
    line = Commitment(key="", measure="V01", quantities=(Decimal("10000.00"),))
    commitments.add_commitments(workspace, stored.id, [line], "Self-check")
    opened = contracts.open_contract(workspace, stored.id)
    pdf = reporting.contract_pdf(workspace, stored.id, start)
    value = format_pounds(opened.checked.valuation.social_value)
    if value != "£10,000.00":
        raise TomsError(f"£10,000.00 of cash was valued at {value}", "Install the program anew")
    return f"{value} valued, a PDF of {len(pdf)} bytes, {files_made(workspace, stored.id, pdf)}"


def _signature() -> str:
    """Sign a PDF of one empty page with a new key, and read the signature back."""
    from tomsapp.signing.keys import make_key
    from tomsapp.signing.read import read_signature
    from tomsapp.signing.sign import sign_pdf

    signed = sign_pdf(_EMPTY_PDF, make_key("Self-check", datetime.now(UTC)))
    found = read_signature(signed)
    if found is None or not found.is_intact or found.document != _EMPTY_PDF:
        raise TomsError("A PDF that was just signed is not found to be so", "Install the program anew")
    return f"a PDF signed by {found.certificate.name} and found unchanged"


def _window() -> str:
    """Open the window offscreen in a process of its own, since services know nothing of Qt."""
    command = [sys.executable] if is_frozen() else [sys.executable, "-m", "tomsapp"]
    done = subprocess.run(  # noqa: S603 - our own program, with fixed arguments
        [*command, "--check-window"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_WINDOW_SECONDS,
        check=False,
    )
    if done.returncode:
        raise TomsError(f"The window does not open: {done.stderr.strip()[-400:]}", "Install the missing libraries")
    return done.stdout.strip()
