"""The policy templates for Windows: up to date, well-formed, every word there, and nothing that no program reads."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from docs import make_policies
from tomsapp.config.policies import KEY, POLICIES, PolicyKind

NAMESPACE = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
# The order that Microsoft's schema asks for.
PARTS = ("parentCategory", "supportedOn", "enabledValue", "disabledValue", "elements")


@pytest.fixture
def template():
    return ET.parse(make_policies.TEMPLATE).getroot()  # noqa: S314 - it is our own


@pytest.fixture
def words():
    return ET.parse(make_policies.WORDS).getroot()  # noqa: S314 - it is our own


def every(root, name):
    return root.iter(f"{NAMESPACE}{name}")


def test_files_are_up_to_date():
    stale = [path.name for path, text in make_policies.make().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run make policies"


def test_template_and_its_words_are_in_the_namespace_of_windows(template, words):
    assert template.tag == f"{NAMESPACE}policyDefinitions"
    assert words.tag == f"{NAMESPACE}policyDefinitionResources"
    assert {template.get("schemaVersion"), words.get("schemaVersion")} == {"1.0"}
    assert make_policies.WORDS.parent.name == "en-US", "Windows takes it where it finds no other language"
    assert make_policies.WORDS.stem == make_policies.TEMPLATE.stem


def test_every_word_and_box_that_is_named_is_there_and_no_other(template, words):
    text = make_policies.TEMPLATE.read_text(encoding="utf-8")
    for kind, tag in (("string", "string"), ("presentation", "presentation")):
        named = re.findall(rf"\$\({kind}\.(\w+)\)", text)
        there = [each.get("id") for each in every(words, tag)]
        assert sorted(set(named)) == sorted(there)
        assert len(there) == len(set(there))
    assert all((each.text or "").strip() for each in every(words, "string"))
    assert {each.get("ref") for each in every(template, "supportedOn")} == {None, "SUPPORTED_tomsapp"}
    assert {each.get("ref") for each in every(template, "parentCategory")} == {"tomsapp"}


def test_every_value_that_can_be_set_is_one_that_the_program_reads(template):
    read = {policy.name: policy.kind for policy in POLICIES}
    found = {}
    for policy in every(template, "policy"):
        assert policy.get("key") == KEY
        assert policy.get("class") == "Both", "machine and user"
        texts = [each.get("valueName") for each in every(policy, "text")]
        (name,) = texts or [policy.get("valueName")]
        found[name] = PolicyKind.TEXT if texts else PolicyKind.SWITCH
        numbers = [each.get("value") for each in every(policy, "decimal")]
        assert numbers == ([] if texts else ["1", "0"])
        parts = [part.tag.removeprefix(NAMESPACE) for part in policy]
        assert parts == [part for part in PARTS if part in parts]
    assert found == read


def test_every_text_has_its_box(template, words):
    boxes = {
        each.get("id"): [box.get("refId") for box in every(each, "textBox")] for each in every(words, "presentation")
    }
    for policy in every(template, "policy"):
        if named := policy.get("presentation"):
            own = named.removeprefix("$(presentation.").removesuffix(")")
            assert boxes[own] == [each.get("id") for each in every(policy, "text")]
