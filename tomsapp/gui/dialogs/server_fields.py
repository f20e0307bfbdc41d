"""The fields that name a database on a PostgreSQL server, with its password hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tomsapp.gui.widgets.dialog_parts import be_as_wide, do_or_cancel
from tomsapp.gui.widgets.fields import GUTTER, ChoiceField, LineField, TickField
from tomsapp.gui.widgets.form_dialog import HANGING_MARGINS, in_line
from tomsapp.gui.widgets.layouts import STRETCH, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.addresses import ServerAddress, read_address
from tomsapp.services.server_security import Security, address_fault

_ADDRESS_HINT = "For example postgresql://a.okafor@db.example.gov.uk/social_value"
_SECURITY_HINT = "Anything but the first is said in the window for as long as the database is open."
_OFFERED = (Security.VERIFIED, Security.ENCRYPTED, Security.OPEN)
_REMEMBER = "Remember the password on this computer"
WHAT_IT_PREPARES = (
    "Ask your IT team for a PostgreSQL database for this program alone, and for a login that owns it, so that the "
    "program can make its tables. The computers that use it must reach the server, usually on port 5432."
)


class ServerFields(QWidget):
    """Address, security and password of a server database, and whether the keyring is to keep the password."""

    def __init__(self) -> None:
        super().__init__()
        self.address = LineField("Address of the database", _ADDRESS_HINT)
        self.security = ChoiceField("Security of the connection", (), _SECURITY_HINT)
        self.password = LineField("Password", "Leave it empty if your login needs none.")
        self.password.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = TickField("Remember the password", _REMEMBER)
        self.remember.box.setEnabled(False)
        self._where_kept = Text("", "note", "text_muted", wrap=True)
        self._where_kept.setContentsMargins(GUTTER, 0, 0, 0)
        self._offer("")
        self.address.left.connect(self._on_address_left)
        kept = in_column(self.remember, self._where_kept, gap=2)
        in_column(self.address, self.security, self.password, kept, inside=self, gap=12)

    @property
    def target(self) -> ServerAddress:
        """The address with the password in it, as the database is opened; ask `check` first."""
        address = read_address(self.address.text)
        chosen = str(self.security.value or "")
        if chosen != Security.VERIFIED.value or address.option("sslmode"):
            address = address.with_option("sslmode", chosen)
        typed = self.password.line.text()
        return address.with_password(typed) if typed else address

    @property
    def remembers(self) -> bool:
        """Whether the keyring is to keep the password."""
        return self.remember.box.isChecked()

    def show_address(self, address: str, *, is_remembered: bool) -> None:
        """Put an address into its field, and say whether its password is kept."""
        self.address.set_text(address)
        self.remember.set_ticked(is_ticked=is_remembered)
        self._on_address_left()

    def show_keyring(self, name: str) -> None:
        """Say where a password would be kept; a computer without a keyring keeps none."""
        self.remember.box.setEnabled(bool(name))
        if not name:
            self.remember.set_ticked(is_ticked=False)
        none = "This computer has no keyring, so the password is asked for each time."
        self._where_kept.setText(f"It is kept in {name}, and nowhere else." if name else none)

    def keep_none(self, why: str) -> None:
        """Offer to keep no password, and say why."""
        self.remember.box.setEnabled(False)
        self.remember.set_ticked(is_ticked=False)
        self._where_kept.setText(f"The password is asked for each time. {why}")

    def check(self) -> bool:
        """Whether the address can be used; if not, it is said under the field."""
        error = "Enter the address that your IT team gave you"
        if self.address.text:
            error = address_fault(self.address.text)
            if not error:
                self._move_apart()
        self.address.set_error(error or None)
        return not error

    def _on_address_left(self) -> None:
        if self.address.text:
            self.check()

    def _move_apart(self) -> None:
        """Take what has a field of its own out of the address: nobody is to read a password there."""
        address = read_address(self.address.text)
        asked = address.option("sslmode")
        if address.has_password:
            self.password.set_text(address.password)
        if asked:
            self._offer(asked)
        if asked or address.has_password:
            self.address.set_text(address.without_secrets().with_option("sslmode", "").shown)

    def _offer(self, asked: str) -> None:
        """Offer the ways to connect, with the one that an address asks for among them, and choose that."""
        known = [each for each in Security if each in _OFFERED or each.value == asked]
        self.security.set_options([(each.value, each.words) for each in known])
        self.security.set_value(asked or Security.VERIFIED.value)


class ServerDialog(QDialog):
    """Asks for the address of a database on the team's server."""

    def __init__(self, parent: QWidget | None, address: str = "", *, is_remembered: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open a database on your team’s server")
        self.fields = ServerFields()
        self.fields.show_address(address, is_remembered=is_remembered)
        title = Text("Open a database on your team’s server", "h2", wrap=True)
        buttons = do_or_cancel(self, "Open the database", self._on_open)
        parts = in_line(title, self.fields, STRETCH, buttons)
        in_column(*parts, inside=self, margins=HANGING_MARGINS, gap=14)
        be_as_wide(self, 540)
        if address:
            self.fields.password.control.setFocus()

    def _on_open(self) -> None:
        if self.fields.check():
            self.accept()
        else:
            self.fields.address.control.setFocus()
