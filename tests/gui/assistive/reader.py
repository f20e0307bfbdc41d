"""A person behind assistive technology: knows what has which role, name and actions, and nothing of the program.

Runs under the system's own Python, which has the bindings of AT-SPI; neither keys nor a mouse are sent.
"""

from __future__ import annotations

import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version must be said first

PATIENCE = 60
"""Seconds to wait for something to come; how long it takes is the machine's affair."""
_PAUSE = 0.1
_LABELLED = {"combo box"}
"""On Linux the name of a combo box is what is chosen in it, and its label is said of it apart."""
_SHOWING = Atspi.StateType.SHOWING
_IN_ORDER = Atspi.CollectionSortOrder.CANONICAL


def _in_view(roles):
    """The rule by which the program picks out what is in view and has one of these roles; all, where none is named."""
    every, some = Atspi.CollectionMatchType.ALL, Atspi.CollectionMatchType.ANY
    shown = Atspi.StateSet.new([_SHOWING])
    return Atspi.MatchRule.new(shown, every, {}, every, list(roles), some if roles else every, [], every, False)


class Reader:
    """What is in view can be listed, asked for its words, and told to do one of the things that it says it can."""

    def __init__(self, program: str) -> None:
        self._focused = None
        self._listener = Atspi.EventListener.new(self._on_focus)
        self._listener.register("object:state-changed:focused")
        self._program = self._wait(lambda: self._find_program(program), f"no program {program}")

    def _find_program(self, name: str):
        desktop = Atspi.get_desktop(0)
        running = [desktop.get_child_at_index(number) for number in range(desktop.get_child_count())]
        found = next((each for each in running if each is not None and each.get_name() == name), None)
        if found is not None:
            found.set_cache_mask(Atspi.Cache.NONE)
        return found

    def _on_focus(self, event) -> None:
        if event.detail1:
            self._focused = event.source

    def _wait(self, find, complaint: str):
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            while GLib.MainContext.default().iteration(False):
                pass
            try:
                found = find()
            except GLib.Error:  # it went while it was asked
                found = None
            if found:
                return found
            time.sleep(_PAUSE)
        raise AssertionError(f"{complaint} among\n" + "\n".join(self.told()))

    # What is in view

    def _seen(self, *roles) -> list:
        """Everything in view, window by window, or what of it has one of these roles."""
        tops = [self._program.get_child_at_index(number) for number in range(self._program.get_child_count())]
        found = []
        for top in filter(None, [*tops, self._opened()]):
            found += [top] if not roles or top.get_role() in roles else []
            within = top.get_collection_iface()
            found += within.get_matches(_in_view(roles), _IN_ORDER, 0, True) if within else []  # it may be closing
        return found

    def _opened(self):
        """The menu or list with the focus in it: one that opens over a window is in no window."""
        at = self._focused
        try:
            while at is not None and at.get_role_name() != "application":
                if at.get_index_in_parent() < 0 and at.get_state_set().contains(_SHOWING):
                    return at
                at = at.get_parent()
        except GLib.Error:
            self._focused = None
        return None

    @staticmethod
    def name_of(thing) -> str:
        """What a thing is called."""
        if thing.get_role_name() in _LABELLED:
            for relation in thing.get_relation_set():
                if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                    return relation.get_target(0).get_name()
        return thing.get_name() or ""

    def told(self) -> list[str]:
        """Role and name of everything in view that has a name."""
        try:
            return [f"{thing.get_role_name()} “{self.name_of(thing)}”" for thing in self._seen() if thing.get_name()]
        except GLib.Error as error:
            return [f"what cannot be read: {error.message}"]

    def all(self, role: str) -> list:
        """Everything in view of a role."""
        return self._seen(getattr(Atspi.Role, role.replace(" ", "_").upper()))

    def find(self, role: str, name: str):
        """The last thing of a role with this name, once it is in view: a dialog's comes after the window's."""

        def look():
            return next((thing for thing in reversed(self.all(role)) if self.name_of(thing) == name), None)

        return self._wait(look, f"no {role} “{name}”")

    def find_like(self, role: str, *words: str):
        """The one thing of a role whose name holds all these words."""

        def look():
            found = [thing for thing in self.all(role) if all(word in self.name_of(thing) for word in words)]
            return found[0] if len(found) == 1 else None

        return self._wait(look, f"not one {role} with {words}")

    def hears(self, words: str) -> None:
        """Wait until these words are the name of something in view, or part of one."""
        self._wait(lambda: any(words in (thing.get_name() or "") for thing in self._seen()), f"nothing says “{words}”")

    # What can be done

    def do(self, thing, action: str) -> None:
        """Do what a thing says that it can do."""
        able = thing.get_action_iface()
        names = [able.get_action_name(number) for number in range(able.get_n_actions())]
        assert action in names, f"“{self.name_of(thing)}” cannot {action}, only {names}"
        assert able.do_action(names.index(action))

    def press(self, name: str, role: str = "push button") -> None:
        """Press a button."""
        self.do(self.find(role, name), "Press")

    def put(self, name: str, text: str) -> None:
        """Put a text into the field with this name."""
        self.put_into(self.find("text", name), text)

    @staticmethod
    def put_into(field, text: str) -> None:
        """Put a text into a field that says that its text can be edited."""
        assert "EditableText" in field.get_interfaces(), f"the text of “{field.get_name()}” cannot be edited"
        assert field.get_editable_text_iface().set_text_contents(text)

    def choose(self, label: str, words: str) -> None:
        """Open a list and choose from it."""
        self.do(self.find("combo box", label), "ShowMenu")
        self.do(self.find("list item", words), "Toggle")

    def where_the_focus_is(self, role: str, name: str):
        """What has the focus, once it is of this role and name."""

        def look():
            at = self._focused
            return at if at is not None and (at.get_role_name(), at.get_name()) == (role, name) else None

        return self._wait(look, f"the focus comes to no {role} “{name}”")
