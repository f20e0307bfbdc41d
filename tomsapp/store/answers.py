"""What people answered to warnings, by contract."""

from datetime import datetime

from sqlmodel import col, select

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.problems import Answer
from tomsapp.store.errors import NotFound
from tomsapp.store.records import Records, Scope, check_lengths
from tomsapp.store.tables import AnswerRow, ChangeRow


def answer_of(row: AnswerRow, who: str, at: datetime) -> Answer:
    """The answer that a row keeps."""
    values = {fact.name: fact.of_kept(getattr(row, fact.column_name)) for fact in ANSWER.facts}
    return Answer(answered_by=who, answered_at=at, **values)


class AnswerRepository:
    """The answers, within one transaction; who answered when is who saved the answer."""

    def __init__(self, scope: Scope) -> None:
        self._session = scope.session
        self._rows = Records(scope, AnswerRow, "Answer")

    def of(self, contract_id: int) -> dict[str, Answer]:
        """The answers of a contract by the Problem's key."""
        query = (
            select(AnswerRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(AnswerRow.change_id))
            .where(col(AnswerRow.contract_id) == contract_id, col(AnswerRow.deleted).is_(False))
            .order_by(col(AnswerRow.change_id), col(AnswerRow.id))
        )
        found = self._session.exec(query)
        return {row.problem_key: answer_of(row, change.who, change.at) for row, change in found}

    def give(self, contract_id: int, key: str, answer: Answer) -> Answer:
        """Answer the Problem with this key, or answer it anew; who and when is the change."""
        check_lengths(ANSWER, answer)
        values = {fact.column_name: fact.kept(getattr(answer, fact.name)) for fact in ANSWER.facts}
        row = self._find(contract_id, key)
        if row is None:
            self._rows.add(AnswerRow(contract_id=contract_id, problem_key=key, **values))
        else:
            self._rows.write(row, values)
        return self.of(contract_id)[key]

    def withdraw(self, contract_id: int, key: str) -> None:
        """Take an answer back.

        Raises:
            NotFound: there is none.
        """
        row = self._find(contract_id, key)
        if row is None or row.deleted:
            raise NotFound("This warning has no answer", "Open the contract again")
        self._rows.delete(row)

    def _find(self, contract_id: int, key: str) -> AnswerRow | None:
        query = select(AnswerRow).where(col(AnswerRow.contract_id) == contract_id, col(AnswerRow.problem_key) == key)
        return self._session.exec(query.with_for_update()).first()
