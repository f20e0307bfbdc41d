"""What holds on this computer: the name that changes are signed with, and how the program looks."""

from __future__ import annotations

from typing import cast

from tomsapp.config.policies import (
    DATABASE_FOLDER,
    KEEP_NO_PASSWORDS,
    SERVER_ADDRESS,
    SIGN_IN_NAME,
    Policies,
    Policy,
    PolicyKind,
)
from tomsapp.domain.person import PERSON
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.policy_words import SET_BY_ORGANISATION
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.theme import DensityName, ThemeName, current_theme
from tomsapp.gui.view_menu import DENSITIES, THEMES, sizes
from tomsapp.gui.widgets.fields import GUTTER, ChoiceField, LineField
from tomsapp.gui.widgets.text import Text
from tomsapp.services.addresses import without_secrets
from tomsapp.services.look_alikes import person_like

_ALONE = (DATABASE_FOLDER, SERVER_ADDRESS, KEEP_NO_PASSWORDS)
"""Policies that no field of this tab is for."""


class ComputerTab(FormColumn):
    """Each choice holds at once, and is remembered."""

    def __init__(self, session: Session) -> None:
        super().__init__("This computer")
        self._session = session
        self.name = LineField("Your name", "Changes that you make are signed with it, in History.")
        self.theme = ChoiceField("Theme", THEMES)
        self.text_size = ChoiceField("Text size", sizes())
        self.density = ChoiceField("Row height", DENSITIES)
        note = Text("Changes on this tab hold at once.", "body", "text_muted")
        note.setContentsMargins(GUTTER, 0, 0, 0)
        own = self.name, self.theme, self.text_size, self.density
        policies = session.policies
        self.by_policy = {policy: _shown(policy, policies) for policy in _ALONE if policies.is_set(policy)}
        self.fill(note, *own, *self.by_policy.values())
        self.name.set_text(session.who)
        self.name.left.connect(self._on_name)
        self.name.line.returnPressed.connect(self._on_name)
        session.who_changed.connect(self.name.set_text)
        if policies.is_on(SIGN_IN_NAME):
            self.name.control.setEnabled(False)
            self.name.set_hint(f"{SET_BY_ORGANISATION} Changes that you make are signed with it, in History.")
        theme = current_theme()
        self.theme.chosen.connect(lambda name: theme.set_theme(cast("ThemeName", name)))
        self.text_size.chosen.connect(lambda size: theme.set_text_size(int(str(size))))
        self.density.chosen.connect(lambda name: theme.set_density(cast("DensityName", name)))
        current_theme().follow(self._show_looks)

    def _show_looks(self) -> None:
        theme = current_theme()
        self.theme.set_value(theme.name)
        self.text_size.set_value(theme.text_size)
        self.density.set_value(theme.density_name)

    def _on_name(self) -> None:
        name = self.name.text
        fault = PERSON.fault(name)
        self.name.set_error(fault.words if fault else None)
        if fault is None and name != self._session.who:
            self._sign_with(name)

    def _sign_with(self, name: str) -> None:
        """Sign with another name from now on; one that looks like a colleague's is asked about first."""
        session = self._session
        if not session.is_open:
            session.set_who(name)
            return
        job = session.read(lambda workspace: person_like(workspace, name), key="settings-person")
        job.success(lambda near: self._on_looked(name, near)).start()

    def _on_looked(self, name: str, near: str) -> None:
        if not near:
            self._session.set_who(name)
            return
        said = (f"{near} has changed something in this database. That name looks the same and has other letters.",)
        go, keep = "Sign with it all the same", "Keep the name before"
        if ask_first(self, "Is this the same person?", said, go, keep, deletes=False):
            self._session.set_who(name)
        else:
            self.name.set_text(self._session.who)


def _shown(policy: Policy, policies: Policies) -> LineField:
    """What the organisation has set, to be read and not changed."""
    field = LineField(policy.title, SET_BY_ORGANISATION)
    value = policies.text(policy) if policy.kind is PolicyKind.TEXT else "On" if policies.is_on(policy) else "Off"
    field.set_text(without_secrets(value))
    field.control.setEnabled(False)
    return field
