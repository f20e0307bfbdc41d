"""The portfolio contract by contract: what each is worth, promises and lacks."""

from collections.abc import Mapping
from fractions import Fraction

from tomsapp.dashboards.attention import Checked
from tomsapp.dashboards.caveats import caveats_by_contract
from tomsapp.dashboards.looked_at import LookedAt, changed_pounds
from tomsapp.dashboards.outcomes import PartsOfContract, job_sum
from tomsapp.dashboards.standing import Standing
from tomsapp.domain.alike import natural
from tomsapp.domain.caveats import NO_CAVEATS
from tomsapp.domain.jobs import JobCaveats
from tomsapp.domain.portfolio import Group
from tomsapp.domain.portfolio_contract import ContractFigures, RuleOutcome
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import RuleKind
from tomsapp.domain.value_factor import pounds_of


def contract_rows(at: LookedAt, today: Mapping[int, PartsOfContract]) -> tuple[ContractFigures, ...]:
    """A row for each contract: agreed ones first, then drafts, each by reference.

    `today` brings the employment outcomes that the edition which replaced theirs changes, by the contract's place.
    """
    outcomes = at.outcomes.parts_of(at.standings)
    caveats = caveats_by_contract(at.cube, at.rows)
    made: list[ContractFigures] = []
    for place, standing in at.standings.items():
        contract = at.cube.contracts[place]
        social, real, _, worth_today = at.sums.contract.at(place)
        claimed, *_ = at.claimed_sums.contract.at(place)
        later = today.get(place)
        state = at.checked.get(contract.id, Checked())
        made.append(
            ContractFigures(
                contract.id,
                contract.reference,
                contract.title,
                contract.supplier,
                contract.status,
                contract.edition.name if contract.edition else "",
                contract.value,
                pounds_of(social),
                pounds_of(claimed),
                pounds_of(real),
                job_sum(contract.edition, outcomes[place], contract.length),
                None if at.is_part else _outcome(standing, MINIMUM_SHARE),
                None if at.is_part else _outcome(standing, EMPLOYMENT_OUTCOMES),
                state.errors,
                state.warnings + state.without_statement,
                contract.trouble,
                None if later is None else job_sum(contract.replaced_by, later, contract.length),
                contract.replaced_by.name if later is not None and contract.replaced_by is not None else "",
                facts=contract.facts,
                sealed_value=contract.sealed_value,
                value_today=changed_pounds(social, worth_today),
                caveats=caveats.get(place, NO_CAVEATS),
                sealed_today=None if at.is_part else at.cube.sealed_today.get(place),
                job_caveats=at.job_caveats.get(place, JobCaveats()),
            )
        )
    return tuple(sorted(made, key=_order))


def _order(row: ContractFigures) -> tuple[bool, str]:
    return Group.of(row.status) is Group.DRAFT, natural(row.reference)


def _outcome(standing: Standing, kind: RuleKind) -> RuleOutcome | None:
    """How the contract stands against the rule of a kind; None where the council has none."""
    check = next((check for check in standing.checks if check.rule.kind is kind), None)
    if check is None:
        return None
    without = standing.on_forecast.get(check.rule.code, Fraction(0))
    return RuleOutcome(check.rule.title, check.result, check.shortfall, kind.unit, check.needed, without)
