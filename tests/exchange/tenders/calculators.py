"""Many workbooks recalculated by LibreOffice in one go, and saved again by it."""

import io
import re
import subprocess
import zipfile

from tests.exchange.test_workbook_libreoffice import ALWAYS_RECALCULATE


def saved_by_libreoffice(books, folder, kind="xlsx", *, is_spoilt=True):
    """The bytes of each workbook, by name, after LibreOffice worked it out anew; cached results are spoilt first.

    Where they are not spoilt, LibreOffice opens the files as it does for everybody who changed no setting.
    """
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    if is_spoilt:
        (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    for name, data in books.items():
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sources / f"{name}.xlsx", "w") as new:
            for part in old.infolist():
                content = old.read(part)
                new.writestr(part, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>-1</v>", content) if is_spoilt else content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
    files = [str(sources / f"{name}.xlsx") for name in books]
    subprocess.run(
        ["nice", "-n", "12", *command, "--outdir", str(folder / "out"), *files],
        check=True,
        capture_output=True,
        timeout=900,
    )
    return {name: (folder / "out" / f"{name}.{kind}").read_bytes() for name in books}
