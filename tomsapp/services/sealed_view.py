"""A signed contract as signed, as varied and as of today, side by side, with the reason for each difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.checks.declared import declared_pairs
from tomsapp.domain.errors import MenuError
from tomsapp.domain.measure_words import confidence_today
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import value_offer
from tomsapp.domain.people import both_numbers
from tomsapp.domain.policy import PolicyCheck, PolicyResult
from tomsapp.domain.rules.rule import PolicyRule, RuleUnit
from tomsapp.domain.seal import Act
from tomsapp.domain.sealed_policy import became_of, later_rules
from tomsapp.domain.wording import format_date, format_told
from tomsapp.services.contracts import OpenContract
from tomsapp.services.edition_effect import line_changes, past_today
from tomsapp.services.sealed_stages import Stage, line_values, read_stages, reasons_of_lines, varied_words
from tomsapp.services.workspace import Workspace

NOT_IN_FORCE = "Not in force"
DOES_NOT_BIND = "Does not bind"


@dataclass(frozen=True, slots=True)
class SealedLine:
    """One commitment: what it comes to as signed, as varied and today, and why; `today` is None where it has none.

    Attributes:
        key: its number in the sealed offer.
        as_sealed: as signed, in pounds; 0 of a line that a variation added.
        as_varied: with the variations in force, in pounds.
        quantities: what is promised, year by year.
        confidence_today: how sure the newest edition is of its value, where the edition signed was not the same.
        past_today: what of today's value is in years that end after the wage, tax or rate behind it.
    """

    key: str
    code: str
    title: str
    quantities: str
    as_sealed: Decimal
    today: Decimal | None
    reason: str = ""
    confidence_today: str = ""
    past_today: Decimal = Decimal("0.00")
    as_varied: Decimal = Decimal("0.00")

    @property
    def difference(self) -> Decimal:
        """Today's value less the signed one, in pounds."""
        return (self.today or Decimal("0.00")) - self.as_sealed

    @property
    def since_sealed(self) -> Decimal:
        """Today's value less the one that was sealed last, as signed or as varied, in pounds."""
        return (self.today or Decimal("0.00")) - self.as_varied


@dataclass(frozen=True, slots=True)
class SealedRule:
    """One policy rule: its result as text of the sealed document, its result today, and why that differs.

    Attributes:
        amounts: what was committed of what was needed, or why nothing was.
        without: the result today at the edition signed, where the newest edition makes another.
        outcomes, outcomes_today: the employment outcomes that were committed and are today, where it asks for such.
            Where it is open whether they are the same people, both numbers.
    """

    title: str
    word: str
    amounts: str
    today_word: str
    today_amounts: str
    result: PolicyResult
    today_result: PolicyResult
    reason: str = ""
    without: str = ""
    outcomes: str = ""
    outcomes_today: str = ""


@dataclass(frozen=True, slots=True)
class SealedView:
    """What a signed contract shows: the document of its signing, and the same promises at the newest edition.

    Attributes:
        menu_today: the newest edition with its price base; empty where nothing is compared.
        supplier: its name in the newest sealed document, whatever it is called since; empty where that cannot be read.
        as_varied: the social value with the variations in force, in pounds.
        stages: as signed, and each variation in force after it; none where a document is not whole.
    """

    act: Act
    whole: bool
    edition: str
    edition_today: str
    as_sealed: Decimal
    today: Decimal
    lines: tuple[SealedLine, ...] = ()
    rules: tuple[SealedRule, ...] = ()
    menu_today: str = ""
    supplier: str = ""
    as_varied: Decimal = Decimal("0.00")
    stages: tuple[Stage, ...] = ()

    @property
    def is_varied(self) -> bool:
        """Whether a variation is in force."""
        return len(self.stages) > 1

    @property
    def difference(self) -> Decimal:
        """Today's value less the signed one, in pounds."""
        return self.today - self.as_sealed

    @property
    def since_sealed(self) -> Decimal:
        """Today's value less the one that was sealed last, as signed or as varied, in pounds."""
        return self.today - self.as_varied


def sealed_view(workspace: Workspace, opened: OpenContract, on: date) -> SealedView | None:
    """The seal in force of a contract beside the values of a day; None where nothing is sealed."""
    act = opened.seal
    if act is None:
        return None
    with workspace.look() as uow:
        stages, policy = read_stages(uow, opened), workspace.surroundings(uow).policy
    if not stages:
        sealed, signed_with = act.value or Decimal("0.00"), opened.edition.name
        return SealedView(
            act,
            whole=False,
            edition=signed_with,
            edition_today=signed_with,
            as_sealed=sealed,
            today=sealed,
            as_varied=sealed,
        )
    newest = _edition_on(workspace, opened.edition, on)
    rules = policy.rules if policy else ()
    return _Comparison(opened, stages, _Today(on, newest, rules)).view(act)


@dataclass(frozen=True, slots=True)
class _Today:
    """What holds on the day that is compared with."""

    on: date
    edition: MenuEdition
    rules: tuple[PolicyRule, ...]


class _Comparison:
    """The sealed offer, as varied, valued again: at the edition signed, and at the newest."""

    def __init__(self, opened: OpenContract, stages: tuple[Stage, ...], today: _Today) -> None:
        signed, newest = stages[0], stages[-1]
        self._stages, self._varied = stages, newest.figures
        self._figures = signed.figures
        self._sealed_rules = {rule.code: rule for rule in signed.document.result.rules}
        offer = newest.offer
        self._offer, self._on = offer, today.on
        self._signed_with, self._newest, self._rules_today = opened.edition, today.edition, today.rules
        # What is spent goes on after signing, and counts for promises per pound.
        contract = replace(offer.contract, spend=opened.contract.spend, status=opened.contract.status)
        now = replace(offer, contract=contract)
        self._then = value_offer(now, self._signed_with, opened.surroundings)
        # People who were declared to be others are so under every edition, whatever its groups are.
        declared = declared_pairs(self._then.valuation, now.answers)
        self._now = value_offer(now, self._newest, replace(opened.surroundings, declared=declared))

    def view(self, act: Act) -> SealedView:
        """What is shown of the contract."""
        return SealedView(
            act,
            whole=True,
            edition=self._signed_with.name,
            edition_today=self._newest.name,
            as_sealed=Decimal(self._figures["total"]),
            today=self._now.valuation.social_value,
            lines=tuple(self._lines()),
            rules=(*self._rules(), *self._later_rules()),
            menu_today=self._newest.name_and_prices,
            supplier=self._offer.contract.supplier,
            as_varied=self._stages[-1].social_value,
            stages=self._stages,
        )

    # Lines

    def _lines(self) -> Iterator[SealedLine]:
        then = {line.commitment.key: line for line in self._then.valuation.lines}
        now = {line.commitment.key: line for line in self._now.valuation.lines}
        commitments = {str(number): one for number, one in enumerate(self._offer.commitments, start=1)}
        signed, varied = line_values(self._figures), reasons_of_lines(self._stages)
        place = 1
        while f"lines[{place}].value" in self._varied:
            at = f"lines[{place}]"
            key = self._varied[f"{at}.commitment"]
            one, before = commitments[key], then.get(commitments[key].key)
            after = now.get(one.key)
            sealed = Decimal(self._varied[f"{at}.value"])
            reasons = list(line_changes(before, after, self._offer.contract)) if before and after else []
            said = [*varied.get(key, ()), *([f"{self._newest.name}: {'; '.join(reasons)}"] if reasons else [])]
            if after is None:
                said = [*varied.get(key, ()), f"{self._newest.name} does not have this measure"]
            if before is not None and before.social_value != sealed:
                said.append(_SPENT if one.rate and self._is_spent_otherwise() else _METHOD)
            yield SealedLine(
                key,
                self._varied[f"{at}.measure"],
                self._varied[f"{at}.title"],
                ", ".join(self._quantities(at)),
                signed.get(key, Decimal("0.00")),
                after.social_value if after else None,
                ". ".join(said),
                confidence_today(before.measure, after.measure) if before and after else "",
                past_today(after) if after else Decimal("0.00"),
                sealed,
            )
            place += 1

    def _quantities(self, at: str) -> Iterator[str]:
        year = 1
        while f"{at}.years[{year}].quantity" in self._varied:
            yield self._varied[f"{at}.years[{year}].quantity"]
            year += 1

    def _is_spent_otherwise(self) -> bool:
        return self._offer.contract.spend != self._now.offer.contract.spend

    # Rules

    def _rules(self) -> Iterator[SealedRule]:
        """The rules that were sealed, each with its result of today."""
        today = {check.rule.code: check for check in self._now.policy_checks}
        then = {check.rule.code: check for check in self._then.policy_checks}
        place = 1
        while f"policy[{place}].code" in self._figures:
            at = f"policy[{place}]"
            code = self._figures[f"{at}.code"]
            sealed, check, without = self._sealed_rules[code], today[code], then[code]
            amounts, amounts_today = self._sealed_amounts(at, sealed), _amounts_of(check)
            as_signed, as_varied = (self._figures[f"{at}.word"], amounts), self._as_varied(code, sealed)
            yield SealedRule(
                self._figures[f"{at}.title"],
                self._figures[f"{at}.word"],
                amounts,
                check.word,
                amounts_today,
                PolicyResult(self._figures[f"{at}.result"]),
                check.result,
                ". ".join(self._why(sealed, check, as_signed, as_varied)),
                f"without {self._newest.edition}: {without.word}" if without.word != check.word else "",
                self._sealed_outcomes(at, sealed),
                self._now.admissible.jobs_words if _asks_jobs(check) else "",
            )
            place += 1

    def _as_varied(self, code: str, rule: PolicyRule) -> tuple[str, str]:
        """The word and the amounts of a rule in the newest document; empty where it is not held against it any more."""
        place = 1
        while self._varied.get(f"policy[{place}].code", code) != code:
            place += 1
        at = f"policy[{place}]"
        return self._varied.get(f"{at}.word", ""), self._sealed_amounts(at, rule, self._varied)

    def _sealed_amounts(self, at: str, rule: PolicyRule, figures: Mapping[str, str] | None = None) -> str:
        figures = self._figures if figures is None else figures
        texts = figures.get(f"{at}.committed", ""), figures.get(f"{at}.needed", "")
        if not all(texts):
            return figures.get(f"{at}.note", "")
        return _amounts(Fraction(texts[0]), Fraction(texts[1]), rule.kind.unit)

    def _sealed_outcomes(self, at: str, rule: PolicyRule) -> str:
        """The employment outcomes that were sealed for a rule that asks for such."""
        committed, needed = self._figures.get(f"{at}.committed", ""), self._figures.get(f"{at}.needed", "")
        if not committed or not needed or rule.kind.unit is not RuleUnit.OUTCOMES:
            return ""
        most = self._figures.get("outcomes_if_different", committed)
        some_same = bool(self._then.valuation.same_people)
        return both_numbers(Fraction(committed), Fraction(most) - Fraction(committed), some_same=some_same)

    def _why(
        self, sealed: PolicyRule, check: PolicyCheck, as_signed: tuple[str, str], as_varied: tuple[str, str]
    ) -> Iterator[str]:
        """Why a result is another one today: the word and the amounts as signed, as varied and today, held together."""
        became = became_of(sealed, check.rule, self._rules_today)
        if became:
            yield became
        if as_signed != as_varied:
            yield varied_words(self._stages)
        if (check.word, _amounts_of(check)) != as_varied and check.rule == sealed:
            is_same_edition = self._newest.name == self._signed_with.name
            spent = self._is_spent_otherwise()
            yield (_SPENT if spent else _METHOD) if is_same_edition else f"Edition {self._newest.name}"

    def _later_rules(self) -> Iterator[SealedRule]:
        """Rules that came after the signing: those that bind by their own words, and those that do not."""
        shown = {check.rule.code: check for check in self._now.policy_checks}
        for rule, reason in later_rules(tuple(self._sealed_rules.values()), self._rules_today, self._on):
            check = shown.get(rule.code)
            if check is None:
                today = (DOES_NOT_BIND, f"rule of {format_date(rule.in_force_from)}", PolicyResult.NOT_CHECKED)
            else:
                today = (check.word, _amounts_of(check), check.result)
            yield SealedRule(
                rule.title,
                NOT_IN_FORCE,
                "no such rule when it was sealed",
                today[0],
                today[1],
                PolicyResult.NOT_CHECKED,
                today[2],
                reason,
            )


_SPENT = "Spend has been recorded since"
_METHOD = "The program counts it otherwise than when it was sealed"


def _asks_jobs(check: PolicyCheck) -> bool:
    return check.needed != 0 and check.rule.kind.unit is RuleUnit.OUTCOMES


def _amounts_of(check: PolicyCheck) -> str:
    """How much was committed of what was needed, or why nothing was."""
    return _amounts(check.committed, check.needed, check.rule.kind.unit) or check.note


def _amounts(committed: Fraction, needed: Fraction, unit: RuleUnit) -> str:
    """How much was committed of what was needed; empty where nothing is needed."""
    if not needed:
        return ""
    if unit is RuleUnit.POUNDS:
        return f"{unit.words(committed)}; asked: {unit.words(needed)}"
    return f"{format_told(needed)} needed, {format_told(committed)} committed"


def _edition_on(workspace: Workspace, signed_with: MenuEdition, on: date) -> MenuEdition:
    """The edition in force on a day; the one signed where this machine has none."""
    try:
        return workspace.catalogue.in_force(signed_with.code, on)
    except MenuError:
        return signed_with
