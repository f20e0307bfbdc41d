"""The preview of a PDF inside the program: pages, list of pages, zoom, search, save, print, open elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMargins, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QSpinBox, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.preview.find_bar import FindBar
from tomsapp.gui.preview.page_images import PageImages, as_image
from tomsapp.gui.preview.page_jobs import PageJobs
from tomsapp.gui.preview.page_strip import PageStrip
from tomsapp.gui.preview.printing import print_pages
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, IconButton
from tomsapp.gui.widgets.heard import hear_choices
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.previewing import PageImage, open_pages
from tomsapp.services.reporting import write_report
from tomsapp.services.signers import PaperSignature

_ZOOM_STEP = 1.25
_THUMBNAIL = 92
_WINDOW_FRAME = 60


class PdfPreview(QDialog):
    """Shows a finished PDF before it is saved or printed; `notes` say what could not be shown in it as it is.

    `signature` says whether it is signed, and by what; `more` are further buttons at its foot.
    """

    sign_wanted = Signal()
    """It is to be signed with a key whose password must be asked for."""

    def __init__(
        self,
        data: bytes,
        suggested_name: str,
        jobs: Jobs,
        files: FileDialogs,
        parent: QWidget | None = None,
        notes: tuple[str, ...] = (),
        signature: PaperSignature | None = None,
        more: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(parent)
        self._more = more
        self._data, self._jobs, self._files = data, jobs, files
        self._name = suggested_name
        self._pages = open_pages(data)
        self.saved_to: Path | None = None
        self.setWindowTitle(f"Preview: {suggested_name}")
        self._page_jobs = PageJobs(self._pages, jobs)
        images = PageImages(self._page_jobs, self)
        self.strip = PageStrip(images, self._pages.sizes)
        self.find_bar = FindBar(self._page_jobs)
        self.page_list = self._build_list()
        self.message = Text("", "note", wrap=True)
        self._build_controls()
        self._lay_out(notes)
        self._show_signature(signature)
        self._connect()
        self._add_shortcuts()
        self._fit_to_screen()
        self._on_page(0)
        self.strip.setFocus()

    def _fit_to_screen(self) -> None:
        """As large as a page asks for, but never so that the buttons stand below a low screen."""
        wanted = QSize(current_theme().px(980), current_theme().px(820))
        room = self.screen().availableSize() - QSize(_WINDOW_FRAME, _WINDOW_FRAME)
        self.resize(wanted.boundedTo(room))

    def _build_controls(self) -> None:
        self.page_box = QSpinBox()
        self.page_box.setRange(1, len(self._pages))
        self.page_box.setAccessibleName(f"Page of {len(self._pages)}")
        self.page_box.setKeyboardTracking(False)
        self.zoom_text = Text("", "note", "text_muted")
        self.smaller_button = IconButton("minus", "Smaller (Ctrl+-)", does=self.zoom_out)
        self.larger_button = IconButton("plus", "Larger (Ctrl++)", does=self.zoom_in)
        self.fit_button = Button("Fit width", small=True, does=self.strip.fit_width)
        self.signature_mark = IconLabel("info", "text_muted", 18)
        self.signature_text = Text("", "note", wrap=True)
        self.sign_button = Button("Sign…", small=True, does=self.sign_wanted.emit)
        self.open_button = Button("Open in viewer", icon_name="external-link", does=self.open_in_viewer)
        self.print_button = Button("Print…", icon_name="printer", does=self.print)
        self.save_button = Button("Save as…", "primary", "download", does=self.save_as)
        self.close_button = Button("Close", does=self.close)

    def _build_list(self) -> QListWidget:
        """The pages by number, each with a small picture once it is made."""
        pages = QListWidget()
        pages.setAccessibleName("List of pages")
        pages.setViewMode(QListWidget.ViewMode.ListMode)
        picture = QSize(_THUMBNAIL, _THUMBNAIL)
        pages.setIconSize(picture)
        pages.setUniformItemSizes(True)
        for number in range(len(self._pages)):
            item = QListWidgetItem(f"Page {number + 1}")
            # All rows are as high as the first, which is measured before its picture is made.
            item.setSizeHint(picture.grownBy(QMargins(0, 1, 0, 1)))
            pages.addItem(item)
        hear_choices(pages)
        return pages

    def _lay_out(self, notes: tuple[str, ...]) -> None:
        label = QLabel("&Page")
        label.setBuddy(self.page_box)
        number = label, self.page_box, Text(f"of {len(self._pages)}", "note", "text_muted")
        zoom = self.smaller_button, self.zoom_text, self.larger_button, self.fit_button
        bar = in_row(*number, *zoom, STRETCH, self.find_bar, gap=8)
        self.page_list.setFixedWidth(current_theme().px(178))
        middle = in_row(self.page_list, (self.strip, 1), gap=12)
        buttons = *self._more, self.open_button, self.print_button, self.close_button, self.save_button
        foot = in_row((self.message, 1), *buttons, gap=8)
        said = [Text(note, "note", "warning", wrap=True) for note in notes]
        self._signature = holding(in_row(self.signature_mark, (self.signature_text, 1), self.sign_button, gap=8))
        in_column(bar, *said, self._signature, (middle, 1), foot, inside=self, margins=(16, 12, 16, 12), gap=10)

    def _show_signature(self, signature: PaperSignature | None) -> None:
        self._signature.setVisible(signature is not None)
        if signature is None:
            return
        mark = ("circle-check", "success_mark") if signature.is_signed else ("info", "info_mark")
        self.signature_mark.set_icon(*mark)
        self.signature_text.setText(signature.words)
        self.sign_button.setVisible(signature.wants_password)

    def take_signed(self, data: bytes, signature: PaperSignature) -> None:
        """Take the same PDF with its signature, which changes no page."""
        self._data, self.saved_to = data, None
        self._show_signature(signature)
        announce(self.signature_text, signature.words)

    def _connect(self) -> None:
        self.strip.page_changed.connect(self._on_page)
        self.strip.zoomed.connect(lambda: self.zoom_text.setText(f"{round(self.strip.zoom * 100)}%"))
        self.page_box.valueChanged.connect(lambda page: self.strip.go_to_page(page - 1))
        self.page_list.currentRowChanged.connect(self._on_row)
        self.find_bar.found.connect(self.strip.mark)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+F", self._focus_search),
            ("F3", self.find_bar.next),
            ("Shift+F3", self.find_bar.previous),
            ("Ctrl++", self.zoom_in),
            ("Ctrl+=", self.zoom_in),
            ("Ctrl+-", self.zoom_out),
            ("Ctrl+0", self.strip.fit_width),
            ("Ctrl+S", self.save_as),
            ("Ctrl+P", self.print),
            ("Ctrl+G", self._focus_page),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _focus_search(self) -> None:
        self.find_bar.field.setFocus()
        self.find_bar.field.selectAll()

    def _focus_page(self) -> None:
        self.page_box.setFocus()
        self.page_box.selectAll()

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self.strip.set_zoom(self.strip.zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self.strip.set_zoom(self.strip.zoom / _ZOOM_STEP)

    def _on_row(self, row: int) -> None:
        if row >= 0 and row != self.strip.page:
            self.strip.go_to_page(row)

    def _on_page(self, page: int) -> None:
        """Show which page is in view, and give its text to a screen reader."""
        for widget in (self.page_box, self.page_list):
            widget.blockSignals(True)
        self.page_box.setValue(page + 1)
        self.page_list.setCurrentRow(page)
        for widget in (self.page_box, self.page_list):
            widget.blockSignals(False)
        self._load_thumbnails(page)
        self.strip.setAccessibleName(f"Page {page + 1} of {len(self._pages)}")
        pages = self._pages
        describe = self.strip.setAccessibleDescription
        self._page_jobs.run(lambda _progress: pages.text(page), describe, key="preview-text")

    def _load_thumbnails(self, page: int) -> None:
        """Small pictures of the pages around the one in view."""
        for number in range(max(page - 4, 0), min(page + 8, len(self._pages))):
            item = self.page_list.item(number)
            if not item.icon().isNull():
                continue
            blank = QPixmap(self.page_list.iconSize())
            blank.fill(Qt.GlobalColor.white)
            item.setIcon(QIcon(blank))
            self._load_thumbnail(number)

    def _load_thumbnail(self, number: int) -> None:
        pages, ratio = self._pages, self.devicePixelRatioF()
        scale = _THUMBNAIL * ratio / max(pages.sizes[number])  # fits its square, upright or on its side

        self._page_jobs.run(lambda _progress: (number, pages.image(number, scale)), self._on_thumbnail)

    def _on_thumbnail(self, made: tuple[int, PageImage]) -> None:
        number, image = made
        self.page_list.item(number).setIcon(QIcon(QPixmap.fromImage(as_image(image))))

    def save_as(self) -> None:
        """Ask for a place and save the PDF there."""
        proposed = Path(self.saved_to.name if self.saved_to else self._name)
        chosen = self._files.save(self, FileUse.PDF, "Save the PDF", proposed, "PDF (*.pdf)")
        if chosen is not None:
            self.save_to(chosen)

    def save_to(self, path: Path) -> None:
        """Save the PDF under a name; a name without an ending gets .pdf."""
        target = path if path.suffix else path.with_suffix(".pdf")
        data = self._data
        job = self._jobs.run(lambda _progress: write_report(data, target), database=False)
        job.success(self._on_saved).refused(self._on_refused).start()

    def _on_saved(self, path: Path) -> None:
        self.saved_to = path
        self._tell(f"Saved as {path}.", "success")

    def _on_refused(self, error: TomsError) -> None:
        self._tell(f"{error.message}. {error.fix}.", "danger")

    def _tell(self, words: str, tone: str) -> None:
        self.message.set_tone(tone)
        self.message.setText(words)
        announce(self.message, words)

    def print(self) -> None:
        """Ask for a printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self._pages))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that were chosen for this printer."""
        pages = self._pages
        job = self._jobs.run(
            lambda progress: print_pages(pages, printer, progress), database=False, title="Printing the PDF"
        )
        job.success(self._on_printed).refused(self._on_refused).start()

    def _on_printed(self, _nothing: None) -> None:
        self._tell("Sent to the printer.", "success")

    def open_in_viewer(self) -> None:
        """Open the PDF in the system's own viewer: the saved file, or a copy in a temporary folder."""
        target = self.saved_to
        if target is None:
            target = Path(tempfile.mkdtemp(prefix="tomsapp-")) / self._name
            write_report(self._data, target)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            self._tell("No program for PDFs was found. Save the PDF and open it yourself.", "danger")

    def done(self, result: int) -> None:
        """Let go of the pages when the preview is closed, however that is done."""
        super().done(result)
        self.strip.setUpdatesEnabled(False)
        self._pages.close()
