"""What can go wrong with a key or a certificate."""

from tomsapp.domain.errors import TomsError


class SigningError(TomsError):
    """A key or certificate cannot be used."""


class WrongPassword(SigningError):
    """The password does not open the file with the key."""
