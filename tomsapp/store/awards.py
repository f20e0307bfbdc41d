"""Awards in the database: which contract each made, and where its commitments came from; never changed."""

from sqlmodel import col, select

from tomsapp.store.kept import add_with_act, sha256_of
from tomsapp.store.records import Scope
from tomsapp.store.tender_act_tables import AwardRow, TenderActRow


class AwardRepository:
    """The awards, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._session = scope.session

    def add(self, tender_id: int, content: bytes, act_id: int, contract_id: int) -> int:
        """Keep one for good; gives its number. Act and contract were added before, in this transaction."""
        row = AwardRow(
            content=content,
            content_sha256=sha256_of(content),
            tender_id=tender_id,
            act_id=act_id,
            contract_id=contract_id,
        )
        return add_with_act(self._session, self._session.get_one(TenderActRow, act_id), row)

    def contracts(self, tender_id: int) -> dict[int, int]:
        """The number of the contract that each award of a tender made, by the number of its act, in their order."""
        query = select(AwardRow.act_id, AwardRow.contract_id).where(col(AwardRow.tender_id) == tender_id)
        return dict(self._session.exec(query.order_by(col(AwardRow.id))).all())

    def contents(self, tender_id: int) -> dict[int, bytes]:
        """The bytes of each award of a tender by its act, as they are here now, whole or not."""
        query = select(AwardRow.act_id, AwardRow.content).where(col(AwardRow.tender_id) == tender_id)
        return dict(self._session.exec(query.order_by(col(AwardRow.id))).all())

    def of_contract(self, contract_id: int) -> tuple[int, int, bytes] | None:
        """Tender, act and bytes of the award that made a contract; None where none did."""
        query = select(AwardRow.tender_id, AwardRow.act_id, AwardRow.content)
        return self._session.exec(query.where(col(AwardRow.contract_id) == contract_id)).first()
