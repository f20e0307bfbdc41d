"""Policies: machine over user, and nothing of them that cannot be used."""

from __future__ import annotations

import logging
import sys

import pytest

from tomsapp.config.policies import (
    DATABASE_FOLDER,
    KEEP_NO_PASSWORDS,
    POLICIES,
    SERVER_ADDRESS,
    SIGN_IN_NAME,
    Hive,
    PolicyKind,
    policies_in_force,
    read_policies,
)

MACHINE, USER = Hive.MACHINE, Hive.USER


def registry(values):
    return lambda hive, name: values.get((hive, name))


def test_policy_of_the_machine_goes_before_that_of_the_user():
    found = read_policies(
        registry(
            {
                (MACHINE, "ServerAddress"): "postgresql://one/a",
                (USER, "ServerAddress"): "postgresql://two/a",
                (MACHINE, "SignInName"): 0,
                (USER, "SignInName"): 1,
                (USER, "KeepNoPasswords"): 1,
            }
        )
    )
    assert found.text(SERVER_ADDRESS) == "postgresql://one/a"
    assert found.is_set(SIGN_IN_NAME)
    assert not found.is_on(SIGN_IN_NAME)
    assert found.is_on(KEEP_NO_PASSWORDS)
    assert not found.is_set(DATABASE_FOLDER)
    assert found.text(DATABASE_FOLDER) == ""
    assert found.set_for[KEEP_NO_PASSWORDS] is USER
    assert found.refused == ()


ODD = (None, "", " ", "\0", "a\nb", "x" * 100_000, b"\0\1", [], ["a", "b"], 2, -1, 10**30, 1.0, True, {})


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_what_a_policy_cannot_be_is_passed_over_and_named(policy, odd, caplog):
    usual = 1 if policy.kind is PolicyKind.SWITCH else "usual"
    with caplog.at_level(logging.WARNING, "tomsapp"):
        found = read_policies(registry({(MACHINE, policy.name): odd, (USER, policy.name): usual}))
    assert found.values == {policy: True if usual == 1 else "usual"}, "that of the user is whole"
    assert found.refused == (() if odd is None else (f"{policy.name} (machine)",))
    assert bool(caplog.records) == (odd is not None)


def test_policy_that_may_not_be_read_stops_nothing():
    def refuse(_hive, _name):
        raise PermissionError

    assert read_policies(refuse).values == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows may have policies")
def test_other_systems_have_none():
    assert policies_in_force() == read_policies(registry({}))


def test_theme_and_text_size_stay_with_whoever_reads_the_screen():
    assert {policy.name for policy in POLICIES} & {"Theme", "TextSize", "Contrast"} == set()
