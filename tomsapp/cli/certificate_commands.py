"""`tomsapp certificate`: what signs the papers of a database, as a file for others to check them with."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named

if TYPE_CHECKING:
    from tomsapp.services.workspace import Workspace


def add_certificate_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `certificate` and its verbs."""
    parser = commands.add_parser("certificate", help="show or export the certificate that signs published PDFs")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help="say what signs the published PDFs of a database")
    show.add_argument("database", help="a file, or a postgresql:// address")
    add_menus(show)
    show.set_defaults(run=_show)
    summary = "write the certificate that signs, without its key, for others to check papers with"
    export = verbs.add_parser("export", help=summary, description=summary)
    export.add_argument("database", help="a file, or a postgresql:// address")
    export.add_argument("target", type=Path, metavar="FILE.pem", help="the file to write")
    add_menus(export)
    export.set_defaults(run=_export)


def _with_database(parsed: argparse.Namespace, work: "Callable[[Workspace], int]") -> int:
    workspace = open_named(parsed)
    try:
        return work(workspace)
    finally:
        workspace.close()


def _show(parsed: argparse.Namespace) -> int:
    from tomsapp.services.signers import signer_now

    def work(workspace: "Workspace") -> int:
        now = signer_now(workspace)
        if now.signer is None:
            print("Nothing has been signed yet. A key is made when the first PDF of a sealed contract is.")
            return 0
        certificate = now.signer.certificate
        print(f"{certificate.name}: {certificate.issued_words}.")
        print(f"{now.signer.kind.words}, {certificate.validity}.")
        print(f"SHA-256: {certificate.fingerprint_words}")
        if now.is_expired:
            print("It is not valid today, so nothing is signed.")
        return 1 if now.is_expired else 0

    return _with_database(parsed, work)


def _export(parsed: argparse.Namespace) -> int:
    from tomsapp.services.signers import export_certificate

    def work(workspace: "Workspace") -> int:
        print(f"The certificate is in {export_certificate(workspace, parsed.target)}. It holds no key.")
        return 0

    return _with_database(parsed, work)
