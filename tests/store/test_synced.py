"""Folders that a service keeps in step with other computers, as they are called on each system."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tests.store.samples import fill
from tomsapp.store.database import create_database, open_database
from tomsapp.store.synced import service_of, synced_by


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\ann\OneDrive\council.db", "OneDrive"),
        (r"C:\Users\ann\OneDrive - Larkmere Council\Social value\council.db", "OneDrive"),
        (r"C:\Users\ann\ONEDRIVE - Larkmere\council.db", "OneDrive"),
        (r"C:\Users\ann\Dropbox\council.db", "Dropbox"),
        (r"D:\Dropbox (Larkmere)\team\council.db", "Dropbox"),
        (r"C:\Users\ann\Google Drive\council.db", "Google Drive"),
        (r"G:\My Drive\council.db", "Google Drive"),
        (r"G:\Shared drives\Procurement\council.db", "Google Drive"),
        (r"C:\Users\ann\iCloudDrive\council.db", "iCloud"),
        (r"C:\Users\ann\Nextcloud\council.db", "Nextcloud"),
        (r"C:\Users\ann\Box Sync\council.db", "Box"),
        (r"C:\Users\ann\pCloud Sync\council.db", "pCloud"),
        (r"C:\Users\ann\Box\Larkmere\council.db", "Box"),
        (r"C:\Users\ann\Proton Drive\ann\My files\council.db", "Proton Drive"),
        (r"C:\Users\ann\MEGA\council.db", "MEGA"),
        (r"Z:\Egnyte\Shared\council.db", "Egnyte"),
        (r"C:\Users\ann\Citrix Files\council.db", "ShareFile"),
        (r"C:\Users\ann\SynologyDrive\council.db", "Synology Drive"),
        (r"C:\Users\ann\Work Folders\council.db", "Work Folders"),
        (r"C:\Users\ann\Omega\council.db", ""),
        (r"C:\Users\ann\Documents\council.db", ""),
        (r"C:\Users\ann\Boxes\council.db", ""),
        (r"C:\Users\ann\Documents\OneDrive.db", ""),
        (r"\\server\share\council.db", ""),
    ],
)
def test_windows_folder_is_known_by_its_name(path, service):
    assert service_of(PureWindowsPath(path), {}) == service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/ann/OneDrive/council.db", "OneDrive"),
        ("/home/ann/Nextcloud2/team/council.db", "Nextcloud"),
        ("/home/ann/ownCloud/council.db", "Nextcloud"),
        ("/Users/ann/Library/CloudStorage/OneDrive-Larkmere/council.db", "OneDrive"),
        ("/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/council.db", "Google Drive"),
        ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/council.db", "iCloud"),
        ("/Users/ann/Library/CloudStorage/Another-ann/council.db", "the cloud storage of this computer"),
        ("/home/ann/Seafile/Team/council.db", "Seafile"),
        ("/home/ann/Dropboxes/council.db", ""),
        ("/srv/council.db", ""),
    ],
)
def test_folder_of_other_systems_is_known_by_its_name(path, service):
    assert service_of(PurePosixPath(path), {}) == service


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_folder_that_windows_names_is_known_whatever_it_is_called(variable):
    environment = {variable: r"D:\Larkmere files"}
    assert service_of(PureWindowsPath(r"d:\larkmere FILES\team\council.db"), environment) == "OneDrive"
    assert service_of(PureWindowsPath(r"D:\Larkmere files 2\council.db"), environment) == ""
    assert service_of(PureWindowsPath(r"D:\x\council.db"), {variable: ""}) == ""


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".dropbox", "Dropbox"),
        (".sync_1a2b3c.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".sync", "Resilio Sync"),
        (".SynologyWorkingDirectory", "Synology Drive"),
        (".megaignore", "MEGA"),
        (".tmp.driveupload", "Google Drive"),
        ("notes.txt", ""),
    ],
)
def test_folder_is_known_by_what_a_service_put_there_or_above(tmp_path, marker, service):
    (tmp_path / marker).touch()
    path = tmp_path / "team" / "social value" / "council.db"
    assert synced_by(path, {}) == service


@pytest.mark.parametrize(
    ("described", "encoding", "service"),
    [
        (
            "[.ShellClassInfo]\r\nIconResource=C:\\Program Files\\OneDrive\\OneDrive.exe,6",
            "utf-16",
            "OneDrive",
        ),
        ("[.ShellClassInfo]\r\nIconFile=C:\\Program Files\\Dropbox\\Client\\Dropbox.exe", "latin-1", "Dropbox"),
        ("[.ShellClassInfo]\r\nLocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll", "latin-1", ""),
    ],
)
def test_folder_is_known_by_the_icon_that_a_service_gave_it(tmp_path, described, encoding, service):
    (tmp_path / "desktop.ini").write_bytes(described.encode(encoding))
    assert synced_by(tmp_path / "council.db", {}) == service


def test_folder_that_may_not_be_looked_into_is_taken_as_it_is(tmp_path, monkeypatch):
    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", refuse)
    assert synced_by(tmp_path / "council.db", {}) == ""


def test_file_in_such_a_folder_has_no_log_beside_it(tmp_path, path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    moved = path.rename(folder / "moved.toms")
    with create_database(folder / "made.toms", who="Ann") as made, open_database(moved) as opened:
        for database in (made, opened):
            fill(database)
            with database._engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert sorted(each.name for each in folder.iterdir()) == ["made.toms", "moved.toms"]
