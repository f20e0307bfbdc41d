"""Whether a folder is kept in step with other computers by a service such as OneDrive, as far as it shows."""

import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePath

_VARIABLES = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
"""Environment variables that name the folder of a service."""
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("OneDrive", re.compile(r"onedrive([ -].*)?")),
    ("Dropbox", re.compile(r"dropbox( \(.*\))?")),
    ("Google Drive", re.compile(r"(google ?drive(-.*)?|my drive|shared drives)")),
    ("iCloud", re.compile(r"(icloud ?drive|mobile documents|com~apple~clouddocs)")),
    ("Nextcloud", re.compile(r"(nextcloud|owncloud)\d*")),
    ("Box", re.compile(r"(box|box sync|box-box)")),
    ("pCloud", re.compile(r"pcloud ?(drive|sync)")),
    ("Proton Drive", re.compile(r"proton ?drive(-.*)?")),
    ("MEGA", re.compile(r"mega(sync)?( downloads)?")),
    ("Egnyte", re.compile(r"egnyte( ?(drive|connect))?(-.*)?")),
    ("ShareFile", re.compile(r"(sharefile|citrix files)")),
    ("Seafile", re.compile(r"(seafile|seadrive(_.*)?)")),
    ("Tresorit", re.compile(r"(my )?tresor(it|s)( drive)?")),
    ("Synology Drive", re.compile(r"(synologydrive|synology drive|cloudstation)")),
    ("HiDrive", re.compile(r"hidrive")),
    ("SpiderOak", re.compile(r"spideroak hive")),
    ("Yandex Disk", re.compile(r"yandex\.?disk")),
    ("Work Folders", re.compile(r"work folders")),
    ("the cloud storage of this computer", re.compile(r"cloudstorage")),
)
"""What services call their folders, in small letters."""
_MARKERS: tuple[tuple[str, str], ...] = (
    ("OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B"),
    ("Dropbox", ".dropbox"),
    ("Dropbox", ".dropbox.cache"),
    ("Google Drive", ".tmp.drivedownload"),
    ("Google Drive", ".tmp.driveupload"),
    ("Nextcloud", ".sync_*.db"),
    ("Nextcloud", "._sync_*.db"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("Nextcloud", ".owncloudsync.log"),
    ("Syncthing", ".stfolder"),
    ("Resilio Sync", ".sync"),
    ("Synology Drive", ".SynologyWorkingDirectory"),
    ("Seafile", ".seafile-data"),
    ("MEGA", ".megaignore"),
    ("pCloud", ".pcloud"),
)
"""What services put into the folders that they keep in step."""
_ICONS = (("OneDrive", "onedrive"), ("Dropbox", "dropbox"), ("Google Drive", "drivefs"), ("Nextcloud", "nextcloud"))
"""Which program's icon a `desktop.ini` gives the folder, in small letters."""
_MOST_READ = 4096


def synced_by(path: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The service that keeps the folder of a file in step with other computers, or "" where none shows."""
    place = path.expanduser().absolute()
    return service_of(place, environment) or next(filter(None, map(_marked_by, place.parents)), "")


def service_of(path: PurePath, environment: Mapping[str, str]) -> str:
    """The service whose folder a path lies in, by what the folders are called and where the service says it is."""
    for variable, service in _VARIABLES.items():
        folder = environment.get(variable, "")
        if folder and path.is_relative_to(type(path)(folder)):
            return service
    names = [folder.name.lower() for folder in path.parents]
    return next((service for name in names for service, known in _NAMES if known.fullmatch(name)), "")


def _marked_by(folder: Path) -> str:
    try:
        found = next((service for service, marker in _MARKERS if next(folder.glob(marker), None) is not None), "")
        return found or _service_of_icon(folder / "desktop.ini")
    except OSError:
        return ""


def _service_of_icon(described: Path) -> str:
    if not described.is_file():
        return ""
    with described.open("rb") as file:
        # Windows writes it in UTF-16 as well as in one byte a letter.
        words = file.read(_MOST_READ).replace(b"\0", b"").decode("latin-1").lower()
    return next((service for service, word in _ICONS if word in words), "")
