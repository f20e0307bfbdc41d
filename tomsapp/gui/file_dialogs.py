"""Asks for files and folders; each kind of question begins in the folder where the last of its kind ended."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from tomsapp.config import paths
from tomsapp.config.policies import DATABASE_FOLDER, NO_POLICIES, Policies
from tomsapp.config.preferences import DatabasePreferences, Preferences
from tomsapp.services.addresses import DATABASE_ENDING, DATABASE_ENDINGS

NEW_DATABASES = f"Databases (*{DATABASE_ENDING})"
DATABASES = " ".join(f"*{ending}" for ending in DATABASE_ENDINGS)
DATABASE_FILES = f"Databases ({DATABASES});;All files (*)"


class FileUse(Enum):
    """What a file is for; its value names the folder in the preferences."""

    DATABASE = "database"
    BACKUP = "backup"
    COPY = "copy"
    """A copy to go on with, of a database that can only be read where it lies."""
    PDF = "pdf"
    TABLE = "table"
    """A table that is exported, as CSV or a workbook, and the file of an edition."""
    IMPORT = "import"
    """Somebody's table that is brought in."""
    MENU = "menu"
    LOGO = "logo"
    CERTIFICATE = "certificate"
    """A certificate, with its key or without."""
    EVIDENCE = "evidence"
    """What shows that something was delivered, to be attached, of any kind."""
    PAPER = "paper"
    """A paper of a contract, of any kind."""
    PACK = "pack"
    """What bidders get for a tender."""
    OFFER = "offer"
    """What bidders sent for a tender, as the portal releases it."""


class FileDialogs:
    """The file dialogs of a user, or of what a user does with one database, with where each kind ended last."""

    def __init__(self, preferences: Preferences | DatabasePreferences, policies: Policies = NO_POLICIES) -> None:
        self._preferences = preferences
        self._folder_of_organisation = policies.text(DATABASE_FOLDER)

    def save(self, parent: QWidget, use: FileUse, title: str, proposed: Path, kinds: str) -> Path | None:
        """Ask where to save a file; `proposed` names it, and its folder is taken where none was used yet."""
        return self._ask_to_save(parent, use, title, proposed, kinds, QFileDialog.Option(0))

    def name(self, parent: QWidget, use: FileUse, title: str, proposed: Path, kinds: str) -> Path | None:
        """Ask for the name of a file that may be there: whoever asks says what happens to it."""
        return self._ask_to_save(parent, use, title, proposed, kinds, QFileDialog.Option.DontConfirmOverwrite)

    def open(self, parent: QWidget, use: FileUse, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        """Ask which file to open."""
        start = str(self.folder(use, folder))
        return self._keep(use, QFileDialog.getOpenFileName(parent, title, start, kinds)[0])

    def open_several(self, parent: QWidget, use: FileUse, title: str, kinds: str) -> list[Path]:
        """Ask which files to open, one or several; none where the question is given up."""
        chosen = QFileDialog.getOpenFileNames(parent, title, str(self.folder(use)), kinds)[0]
        for each in chosen[:1]:
            self._keep(use, each)
        return [Path(each) for each in chosen]

    def open_folder(self, parent: QWidget, use: FileUse, title: str) -> Path | None:
        """Ask which folder to open."""
        return self._keep(use, QFileDialog.getExistingDirectory(parent, title, str(self.folder(use))))

    def folder(self, use: FileUse, otherwise: Path | None = None) -> Path:
        """Where the next question of a kind begins."""
        kept = self._preferences.get(_key(use))
        if isinstance(kept, str) and Path(kept).is_dir():
            return Path(kept)
        return self.organisations_folder(use) or otherwise or documents()

    def organisations_folder(self, use: FileUse) -> Path | None:
        """The folder that the organisation has set for a kind of file, where it is there."""
        folder = Path(self._folder_of_organisation)
        is_set = use is FileUse.DATABASE and folder.is_absolute()
        return folder if is_set and folder.is_dir() else None

    def _ask_to_save(
        self, parent: QWidget, use: FileUse, title: str, proposed: Path, kinds: str, options: QFileDialog.Option
    ) -> Path | None:
        start = self.folder(use, proposed.parent if proposed.is_absolute() else None) / proposed.name
        return self._keep(use, QFileDialog.getSaveFileName(parent, title, str(start), kinds, "", options)[0])

    def _keep(self, use: FileUse, chosen: str) -> Path | None:
        if not chosen:
            return None
        self._preferences.set(_key(use), str(Path(chosen).parent))
        return Path(chosen)


def documents() -> Path:
    """The folder of a user's documents, wherever the system keeps it, as in OneDrive; never the root of a profile.

    Where there is none, and where all of the user's files have a folder of their own, it is that of this program.
    """
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    is_usable = found.is_absolute() and found.is_dir() and found != Path.home()
    return found if is_usable and not paths.has_own_home() else paths.user_data_dir()


def _key(use: FileUse) -> str:
    return f"folder.{use.value}"
