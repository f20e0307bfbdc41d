"""Whether a valuation's PDF comes out again: by today's rules, or by those of the version that made it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tomsapp.config.paths import resources_dir
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, checked_with, value_offer
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem
from tomsapp.domain.sealed_policy import with_bound
from tomsapp.domain.wording import plural
from tomsapp.exchange.contract_files import files_csv
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.offer_json import write_offer
from tomsapp.exchange.result_csv import result_csv
from tomsapp.exchange.result_json import result_of
from tomsapp.exchange.result_read import Difference, ResultFile, differences, figures_of
from tomsapp.services.verification import Verification, failure, held, made_from_words, some, told
from tomsapp.services.verifying_earlier import VALUATION_FILES, known_numbers, missing_figures
from tomsapp.services.version_rules import VERSION_RULES, VersionRules

_WORDED = re.compile(r"policy\[\d+\]\.sums\[\d+\]|lines\[\d+\]\.years\[\d+\]\.steps\[\d+\]\.text")
"""Where a sum stands in words, whose numbers stand beside it as figures."""

_NUMBER = re.compile(r"[\d.,]*\d%?")


@dataclass(frozen=True, slots=True)
class Paper:
    """A valuation's PDF: its bytes, the files attached to it, and the result among them."""

    path: Path
    data: bytes
    files: Mapping[str, bytes]
    stated: ResultFile

    @property
    def other_version(self) -> str:
        """The version that made it, where that is another than this; "" where it is this one or is not said."""
        from tomsapp import __version__

        made = self.stated.made
        return "" if made is None or made.version == __version__ else made.version

    @property
    def rules(self) -> VersionRules:
        """What the version that made it did otherwise than this one."""
        return VERSION_RULES.get(self.other_version, VersionRules())


def verify_paper(paper: Paper, offer: Offer, edition: MenuEdition) -> Verification:
    """Value the offer of a paper anew, and hold every figure and the pages against what comes out."""
    offer, policy = _as_stated(paper.stated, offer)
    made = paper.stated.made
    fresh = value_offer(offer, edition, Surroundings(policy=policy, area=made.area if made else None))
    today = checked_with(offer, fresh.valuation, paper.stated.problems, policy)
    rules = paper.rules
    unasked = list(_not_stated(paper.stated, fresh))
    since = [problem for problem in unasked if rules.excuses(problem, today)]
    missed = [_not_stated_words(problem) for problem in unasked if problem not in since]
    figures, rest = _differences(paper, today)
    then = rules.counted(today, policy) if figures else None
    if then is not None:
        figures_then, rest_then = _differences(paper, then)
        if not (figures_then or rest_then or missed):
            lines = (*held(paper.path, then, paper.other_version), rules.jobs_today(today))
            return Verification(True, (*lines, *_asked_since(paper, rules, since), *_not_read(paper)))
        if len(figures_then) < len(figures):
            figures, rest = figures_then, rest_then
    if figures or rest or missed:
        return _not_held(paper, today, (*figures, *missed), rest)
    return Verification(True, (*held(paper.path, today), *_asked_since(paper, rules, since), *_not_read(paper)))


def _not_read(paper: Paper) -> Iterator[str]:
    """That the words of pages which another version laid out were not compared."""
    if paper.other_version:
        yield f"It was made by version {paper.other_version} of the program, so its words were not compared."
    elif paper.stated.made is None:
        yield "It does not carry what its pages were made with, so their words were not compared."


def _not_held(paper: Paper, checked: CheckedOffer, of_rules: Sequence[str], of_files: Sequence[str]) -> Verification:
    """What is said of a paper that comes out otherwise; `of_rules` are differences that other rules may make."""
    from tomsapp import __version__

    version, valuation = paper.other_version, checked.valuation
    wrong = (*of_rules, *of_files)
    if not version or (version in VERSION_RULES and not of_rules):
        return Verification(False, failure(paper.path, valuation, wrong))
    if version in VERSION_RULES:
        by_rules = f"It was held to the rules of version {version}, which made it, and to today’s."
        return Verification(False, (*failure(paper.path, valuation, wrong), by_rules))
    same = len(paper.stated.figures) - len(of_rules)
    head = (
        f"{paper.path.name} cannot be judged here: it was made by version {version} of the program, and version "
        f"{__version__} does not know the rules of that one. Check it with the version that made it."
    )
    known = (
        f"{plural(max(same, 0), 'figure comes', 'figures come')} out again from {made_from_words(valuation)}. "
        f"{plural(len(wrong), 'difference is', 'differences are')} left:"
    )
    return Verification(False, (head, known, *some(wrong)), is_judged=False)


def _asked_since(paper: Paper, rules: VersionRules, since: Sequence[Problem]) -> Iterator[str]:
    """Of what this version asks and the one that made the paper did not."""
    if not since:
        return
    times = Counter(problem.code for problem in since)
    told_of = "; ".join(f"{rules.asked_otherwise[code].about} ({number})" for code, number in times.items())
    yield (
        f"{plural(len(since), 'question', 'questions')} that version {paper.other_version} did not ask, or asked "
        f"otherwise, would be asked today: {told_of}. No figure above rests on that."
    )


def _as_stated(stated: ResultFile, offer: Offer) -> tuple[Offer, Policy | None]:
    """The offer and the policy as they were.

    It is held against the policy rules that the valuation states; what the council's own data says beside them, such
    as wages and the other bids, cannot be asked again.
    """
    policy = Policy("stated", "The rules that the valuation states", stated.rules) if stated.rules else None
    made = stated.made
    if made is None:
        return offer, policy
    if policy is not None and made.status is not ContractStatus.DRAFT:
        policy = with_bound(policy, made.made_on)
    return replace(offer, contract=replace(offer.contract, status=made.status)), policy


def _not_stated(stated: ResultFile, fresh: CheckedOffer) -> Iterator[Problem]:
    """Each Problem that comes out and is not stated."""
    known = {(problem.key, problem.severity) for problem in stated.problems}
    for problem in fresh.problems:
        if (problem.key, problem.severity) not in known and (stated.made is not None or problem.where.field != "place"):
            yield problem


def _not_stated_words(problem: Problem) -> str:
    return f"This {problem.severity.value} comes out and is not stated: {problem}"


def _differences(paper: Paper, checked: CheckedOffer) -> tuple[list[str], list[str]]:
    """A sentence for each figure that comes out otherwise, and for each difference of the other files and the pages."""
    return list(_figures(paper, checked)), [*_files(paper, checked), *_pages(paper, checked)]


def _figures(paper: Paper, checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each figure of the attachment that comes out otherwise."""
    for found in differences(paper.stated.figures, figures_of(result_of(checked))):
        if not (paper.other_version and (_is_worded_otherwise(found) or _is_told_since(found, paper.rules))):
            yield told(found, checked.valuation)


def _is_told_since(found: Difference, rules: VersionRules) -> bool:
    """Whether papers of earlier versions leave it out: a rule without a forecast, or where their words break off."""
    if found.stated is None:
        return ".without_forecast." in found.figure
    return found.recomputed is not None and rules.breaks_off(found.figure, found.stated, found.recomputed)


def _is_worded_otherwise(found: Difference) -> bool:
    """Whether every number of a sum comes out in the same order, in other words or with more of the sum shown."""
    if found.stated is None or found.recomputed is None or not _WORDED.fullmatch(found.figure):
        return False
    stated, recomputed = _NUMBER.findall(found.stated), iter(_NUMBER.findall(found.recomputed))
    return bool(stated) and all(number in recomputed for number in stated)


def _files(paper: Paper, checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each attached file that is missing or is not what comes out."""
    from tomsapp.services.reporting import FILES

    made, files = paper.stated.made, paper.files
    expected = {"valuation.csv": result_csv(checked), "offer.json": write_offer(checked.offer)}
    if made is not None and made.files:
        expected[FILES] = files_csv(made.files)
    for name, data in expected.items():
        if name not in files:
            yield f"The attached file {name} is missing."
        elif files[name] != data:
            yield f"The attached file {name} differs from what comes out."


def _pages(paper: Paper, checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each word, figure or picture on the pages that does not come out, and the other way round."""
    from tomsapp import __version__
    from tomsapp.services.strange_papers import page_differences, unknown_figures, unknown_part_words

    made = paper.stated.made
    again = _printed_again(checked, made, paper.files)
    if made is not None and made.version == __version__:
        if again != paper.data:
            yield from page_differences(paper.data, again)
        return
    yield from missing_figures(paper.data, checked.valuation)
    yield from unknown_figures(paper.data, known_numbers(paper.files, again, checked.valuation))
    yield from unknown_part_words(paper.data, VALUATION_FILES, again if made is not None else b"")


def _printed_again(checked: CheckedOffer, made: MadeWith | None, files: Mapping[str, bytes]) -> bytes:
    """The same valuation printed anew, with the same context and files."""
    from tomsapp.reports.contract_report import build_contract_report
    from tomsapp.reports.fonts import load_fonts
    from tomsapp.services.reporting import LOGO, attachments_of, context_of

    made = made or MadeWith(date(2000, 1, 1))
    context = context_of(made, files.get(LOGO, b"") if made.logo else b"")
    attached = attachments_of(checked, made.area, context)
    fonts = load_fonts(resources_dir() / "fonts")
    return build_contract_report(checked, made.area, context, fonts, attached).data
