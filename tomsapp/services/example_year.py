"""The year of the example council: plans, returns, evidence, decisions, agreements and a variation, as they came.

Each step is done by the service that the window uses, by whoever does it at the made-up council, on its day.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from tomsapp.services.example_acts import (
    agree_on_shortfall,
    decide_claims,
    enter_money,
    say_improved,
    vary,
    warn_supplier,
)
from tomsapp.services.example_returns import (
    accept_plan,
    attach_evidence,
    enter_people,
    enter_return,
    propose,
    return_plan,
)
from tomsapp.services.example_step import ExampleStep, Said
from tomsapp.services.workspace import Workspace


def tell_year(workspace: Workspace, written: Said, contracts: Mapping[str, int], today: date) -> None:
    """Tell what was delivered until a day: every step whose day has come, in the order of the days.

    Args:
        workspace: the database, under the name of who signs contracts.
        written: what deliveries.toml says.
        contracts: the numbers of the contracts by their references, all of them signed.
        today: the day on which the example is made.
    """
    enters, decides = (replace(workspace, who=written[name]) for name in ("enters", "decides"))
    for said in sorted(written["step"], key=lambda step: step["on"]):
        if said["on"] <= today:
            number = contracts[said["contract"]]
            step = ExampleStep(number, enters, decides, workspace, written["role"], written["supplier_by"], said)
            _STEPS[said["do"]](step)


_STEPS: Mapping[str, Callable[[ExampleStep], None]] = {
    "propose": propose,
    "return-plan": return_plan,
    "accept-plan": accept_plan,
    "return": enter_return,
    "evidence": attach_evidence,
    "people": enter_people,
    "decide": decide_claims,
    "agree": agree_on_shortfall,
    "improve": warn_supplier,
    "improved": say_improved,
    "money": enter_money,
    "vary": vary,
}
"""What is done in each kind of step, by what the story calls it."""
