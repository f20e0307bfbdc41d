"""A form of a record that runs from a first to a last day, which may be given as a length."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

from tomsapp.domain.checks.short_year import last_year_days
from tomsapp.domain.contract_dates import contract_years, dates_problem, end_of_length
from tomsapp.domain.typed_days import find_day
from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.records.record_form import RecordForm, sentence
from tomsapp.gui.widgets.fields import DateField

R = TypeVar("R")


class DatedForm(RecordForm[R]):
    """The facts `start_on` and `end_on` are looked at together; "2 years" is an end too."""

    def year_labels(self) -> tuple[str, ...]:
        """The contract years that the days make as they are typed; none where they make none."""
        start, end = self._day("start_on"), self._day("end_on")
        if start is None or end is None or dates_problem(start, end) is not None:
            return ()
        return tuple(year.label for year in contract_years(start, end))

    def on_days(self) -> None:
        """Take note that both days were found to make contract years."""

    def say_back(self, name: str) -> None:
        """Of the last day, say how short it makes the last year, and propose the day before an anniversary."""
        # The days together are said once: a proposal that is taken away and made anew would lose the keyboard.
        if name not in {"start_on", "end_on"} or not self._say_end() or name == "start_on":
            super().say_back(name)

    def _say_end(self) -> bool:
        """Say it, and whether there was anything to be said."""
        start, typed = self._day("start_on"), self.facts["end_on"].typed()
        end = self._day("end_on") or (end_of_length(start, typed) if start else None)
        if start is None or end is None or dates_problem(start, end) is not None:
            return False
        days = last_year_days(start, end)
        short = f": the last year is {plural(days, 'day')}" if days is not None else ""
        offers = [format_date(end - timedelta(days=1))] if days == 1 else []
        question = f". Did you mean {offers[0]}?" if offers else ""
        said = f"{format_date(end)}{short}{question}"
        if said.startswith(typed):  # a day that stands there written out is not said again
            said = said.removeprefix(typed).removeprefix(": ")
        self.field("end_on").say(f"{said[:1].upper()}{said[1:]}", offers)
        return True

    def check(self, name: str) -> Any:
        """The value of a fact; the last day may be given as a length, and both days are looked at together."""
        if name == "end_on":
            return self._check_end()
        value = super().check(name)
        if name == "start_on" and self.facts["end_on"].typed():
            self._check_end()
        return value

    def _check_end(self) -> date | None:
        start, field = self._day("start_on"), self.field("end_on")
        after = end_of_length(start, self.facts["end_on"].typed()) if start else None
        if after is not None and isinstance(field, DateField):
            field.set_date(after)
        end: date | None = super().check("end_on")
        if start and end:
            wrong = dates_problem(start, end)
            if wrong is not None:
                field.set_error(sentence(wrong.message, wrong.fix))
                return None
            self.on_days()
            self._say_end()
        return end

    def _find(self, name: str) -> tuple[Any, str | None]:
        """The value of a fact, and what is wrong with it; a length is a last day, whoever asks."""
        start = self._day("start_on") if name == "end_on" else None
        after = end_of_length(start, self.facts[name].typed()) if start else None
        return super()._find(name) if after is None else (after, None)

    def _day(self, name: str) -> date | None:
        return find_day(self.facts[name].typed())
