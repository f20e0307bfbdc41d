"""The one family of errors that tell a person what is wrong and what to do."""


def as_sentence(words: str) -> str:
    """Words as a sentence: with a dot, unless they end in one or ask: "Is A the same as B?"."""
    return words if words.endswith((".", "?")) else f"{words}."


class TomsError(Exception):
    """An expected failure, worded for the person who meets it.

    Attributes:
        message: what is wrong and where.
        fix: what to do about it; may be empty when the message says it.
    """

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(f"{as_sentence(message)} {fix}" if fix else message)
        self.message = message
        self.fix = fix


class MenuError(TomsError):
    """A menu edition that cannot be used, and what to do."""
