"""The fields that name a database on a PostgreSQL server, with its password hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tomsapp.gui.widgets.dialog_parts import be_as_wide, do_or_cancel
from tomsapp.gui.widgets.fields import LineField
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, STRETCH, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.addresses import is_server, server_address

_ADDRESS_HINT = "For example postgresql://a.okafor@db.example.gov.uk/social_value"
WHAT_IT_PREPARES = (
    "Ask your IT team for a PostgreSQL database for this program alone, and for a login that owns it, so that the "
    "program can make its tables. The computers that use it must reach the server, usually on port 5432."
)


class ServerFields(QWidget):
    """Address and password of a server database."""

    def __init__(self) -> None:
        super().__init__()
        self.address = LineField("Address of the database", _ADDRESS_HINT)
        self.password = LineField("Password", "Not kept by this program. Leave it empty if your login needs none.")
        self.password.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.address.left.connect(self._on_address_left)
        in_column(self.address, self.password, inside=self, gap=12)

    @property
    def target(self) -> str:
        """The address with the password in it, as the database is opened."""
        return server_address(self.address.text, self.password.line.text())

    def check(self) -> bool:
        """Whether the address can be used; if not, it is said under the field."""
        error = None
        if not self.address.text:
            error = "Enter the address that your IT team gave you"
        elif not is_server(self.address.text):
            error = "Start with postgresql://, for example postgresql://name@server/database"
        self.address.set_error(error)
        return error is None

    def _on_address_left(self) -> None:
        if self.address.text:
            self.check()


class ServerDialog(QDialog):
    """Asks for the address of a database on the team's server."""

    def __init__(self, parent: QWidget | None, address: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Open a database on your team’s server")
        self.fields = ServerFields()
        self.fields.address.set_text(address)
        title = Text("Open a database on your team’s server", "h2", wrap=True)
        buttons = do_or_cancel(self, "Open the database", self._on_open)
        in_column(title, self.fields, STRETCH, buttons, inside=self, margins=DIALOG_MARGINS, gap=14)
        be_as_wide(self, 540)
        if address:
            self.fields.password.control.setFocus()

    def _on_open(self) -> None:
        if self.fields.check():
            self.accept()
        else:
            self.fields.address.control.setFocus()
