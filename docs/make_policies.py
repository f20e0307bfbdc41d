"""Writes the policy templates of Windows, resources/policies, and their table in docs/for-it.md, from the policies.

Run: python -m docs.make_policies
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tomsapp.config.policies import KEY, POLICIES, Policy, PolicyKind

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "for-it.md"
FOLDER = ROOT / "resources" / "policies"
TEMPLATE = FOLDER / "tomsapp.admx"
WORDS = FOLDER / "en-US" / "tomsapp.adml"  # the language that Windows takes where it finds no other
_BEGIN, _END = "<!-- policies -->\n", "<!-- end of policies -->"
_NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_SUPPORTED = "Windows 10, Windows 11 and Windows Server 2019 or later"
_PROGRAM = "Social value calculator (tomsapp)"
_HEAD = f'xmlns="{_NAMESPACE}" revision="1.0" schemaVersion="1.0"'
_SWITCH = """\
      <enabledValue><decimal value="1" /></enabledValue>
      <disabledValue><decimal value="0" /></disabledValue>
"""
_OF_KIND = {PolicyKind.TEXT: "a text (REG_SZ or REG_EXPAND_SZ)", PolicyKind.SWITCH: "1 or 0 (REG_DWORD)"}


def _text(policy: Policy) -> str:
    element = (
        f'<text id="{policy.name}" valueName="{policy.name}" required="true" maxLength="1024" expandable="true" />'
    )
    return f"      <elements>\n        {element}\n      </elements>\n"


def _definition(policy: Policy) -> str:
    is_text = policy.kind is PolicyKind.TEXT
    own = f'presentation="$(presentation.{policy.name})"' if is_text else f'valueName="{policy.name}"'
    return f"""\
    <policy name="{policy.name}" class="Both" displayName="$(string.{policy.name})"
            explainText="$(string.{policy.name}_does)" key={quoteattr(KEY)} {own}>
      <parentCategory ref="tomsapp" />
      <supportedOn ref="SUPPORTED_tomsapp" />
{_text(policy) if is_text else _SWITCH}\
    </policy>
"""


def template() -> str:
    """What can be set: the ADMX file."""
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions {_HEAD}>
  <policyNamespaces>
    <target prefix="tomsapp" namespace="tomsapp.Policies" />
  </policyNamespaces>
  <resources minRequiredRevision="1.0" />
  <supportedOn>
    <definitions>
      <definition name="SUPPORTED_tomsapp" displayName="$(string.SUPPORTED_tomsapp)" />
    </definitions>
  </supportedOn>
  <categories>
    <category name="tomsapp" displayName="$(string.tomsapp)" />
  </categories>
  <policies>
{"".join(map(_definition, POLICIES))}\
  </policies>
</policyDefinitions>
"""


def _string(name: str, words: str) -> str:
    return f'      <string id="{name}">{escape(words)}</string>\n'


def _explained(policy: Policy) -> str:
    return f"{policy.does} For example {policy.example}" if policy.example else policy.does


def _box(policy: Policy) -> str:
    return f"""\
      <presentation id="{policy.name}">
        <textBox refId="{policy.name}"><label>{escape(policy.title)}</label></textBox>
      </presentation>
"""


def words() -> str:
    """How it is said: the ADML file."""
    strings = [_string("tomsapp", _PROGRAM), _string("SUPPORTED_tomsapp", _SUPPORTED)]
    for policy in POLICIES:
        strings += _string(policy.name, policy.title), _string(f"{policy.name}_does", _explained(policy))
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources {_HEAD}>
  <displayName>{_PROGRAM}</displayName>
  <description>What an organisation can set for all who use the program.</description>
  <resources>
    <stringTable>
{"".join(strings)}\
    </stringTable>
    <presentationTable>
{"".join(_box(policy) for policy in POLICIES if policy.kind is PolicyKind.TEXT)}\
    </presentationTable>
  </resources>
</policyDefinitionResources>
"""


def table() -> str:
    """The policies as the page for IT departments lists them."""
    rows = [f"| `{each.name}` | {_OF_KIND[each.kind]} | {each.title}. {_in_page(each)} |\n" for each in POLICIES]
    return "".join(["\n| Value | What it is | What it does |\n", "|---|---|---|\n", *rows, "\n"])


def _in_page(policy: Policy) -> str:
    return f"{policy.does} For example `{policy.example}`" if policy.example else policy.does


def page() -> str:
    """The page with the table as it should be."""
    before, rest = PAGE.read_text(encoding="utf-8").split(_BEGIN)
    return f"{before}{_BEGIN}{table()}{_END}{rest.split(_END)[1]}"


def make() -> dict[Path, str]:
    """The files with what they should hold."""
    return {TEMPLATE: template(), WORDS: words(), PAGE: page()}


def main() -> None:
    """Write them."""
    for path, text in make().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
