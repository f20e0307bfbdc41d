"""`tomsapp tender sign`, `key` and `verify`: the signature of a pack, which no pack needs."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.arguments import add_database, add_menus
from tomsapp.cli.opening import open_named

if TYPE_CHECKING:
    from tomsapp.services.pack_signatures import KnownKeys
    from tomsapp.services.workspace import Workspace

PACK_ENDINGS = (".tomspack", ".tomssig")
"""How the files end that `verify` holds to each other, pack and signature."""

_SIGN = (
    "sign the pack of a tender as it was issued last, and write it with its signature; no pack needs one, and it "
    "changes no other file. The first time, the key is made and kept in the database"
)
_KEY = "say with which key the packs of a database are signed, and with -o write its public half for bidders"
_VERIFY = (
    "say whether a pack, and the files beside it, are as they were signed and with which key; a pack needs no "
    "signature, and one without is no error unless --key names one"
)
_NONE_YET = "No pack was signed yet. A key is made when the first one is, or with -o."


def add_pack_commands(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `sign`, `key` and `verify` to `tender`."""
    sign = verbs.add_parser("sign", help=_SIGN, description=_SIGN)
    sign.add_argument("database", help="a file, or a postgresql:// address")
    sign.add_argument("reference", help="the tender’s reference, for example T-2026-003")
    sign.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="the folder in which both stand")
    sign.set_defaults(run=_sign)
    key = verbs.add_parser("key", help=_KEY, description=_KEY)
    key.add_argument("database", help="a file, or a postgresql:// address")
    key.add_argument("-o", "--output", type=Path, default=None, metavar="FILE.pem", help="the file to write")
    key.set_defaults(run=_key)
    verify = verbs.add_parser("verify", help=_VERIFY, description=_VERIFY)
    verify.add_argument("file", type=Path, metavar="FILE.tomspack|FILE.tomssig")
    verify.add_argument(
        "--key", type=Path, default=None, metavar="FILE.pem", help="the public key that must have signed"
    )
    add_database(verify)
    verify.set_defaults(run=lambda parsed: verify_pack(parsed, parsed.file, parsed.key))
    for verb in (sign, key, verify):
        add_menus(verb)


def _sign(parsed: argparse.Namespace) -> int:
    from tomsapp.services.tenders.pack_signing import sign_pack
    from tomsapp.services.tenders.packing import save_pack
    from tomsapp.services.tenders.reading import find_tender

    workspace = open_named(parsed)
    try:
        number = find_tender(workspace, parsed.reference)
        signed = sign_pack(workspace, number, datetime.now(UTC))
        written = save_pack(signed.made, parsed.output)
    finally:
        workspace.close()
    for line in output.problem_lines(written.made.notes):
        print(line, file=sys.stderr)
    statement = signed.statement
    if signed.is_first:
        print("A key was made for it. It is kept in the database: whoever has the database can sign with it.")
    done = statement.signed_words if signed.is_new else f"{statement.signed_words}, and unchanged since"
    print(f"{statement.identity.words}.")
    print(f"{done[:1].upper()}{done[1:]}.")
    print(f"Publish the fingerprint of the key where bidders find it: {statement.key.words}")
    print(f"The pack is in {written.folder} and {written.packed}.")
    return 0


def _key(parsed: argparse.Namespace) -> int:
    from tomsapp.services.tenders.pack_keys import pack_key_now, save_public_key

    workspace = open_named(parsed)
    try:
        written = None if parsed.output is None else save_public_key(workspace, parsed.output)
        key = pack_key_now(workspace)
    finally:
        workspace.close()
    print(_NONE_YET if key is None else f"Packs are signed with the key with the fingerprint {key.words}")
    if written is not None:
        print(f"Its public half is in {written}.")
    return 0


def verify_pack(parsed: argparse.Namespace, file: Path, key: Path | None) -> int:
    """Say what is found of the signature of a pack; 1 where something speaks against it."""
    from tomsapp.services.pack_signatures import verify_pack_files

    workspace = None if parsed.database is None else open_named(parsed)
    try:
        found = verify_pack_files(file, _known(key, workspace))
    finally:
        if workspace is not None:
            workspace.close()
    for line in found.lines:
        print(line)
    return 0 if found.holds else 1


def _known(key: Path | None, workspace: "Workspace | None") -> "KnownKeys":
    from tomsapp.services.pack_signatures import KnownKeys, given_key
    from tomsapp.services.tenders.pack_keys import known_fingerprints

    given = None if key is None else given_key(key)
    of_database = None if workspace is None else known_fingerprints(workspace)
    return KnownKeys(given, "" if key is None else key.name, of_database)
