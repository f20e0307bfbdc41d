"""How Alembic reaches the database: over the connection that `migrate` hands it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from tomsapp.store.tables import Row
from tomsapp.store.types import ExactDecimal, UtcDateTime, Words
from tomsapp.store.version import VERSION_TABLE


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """How our column types are written into a new migration."""
    if kind == "type" and isinstance(item, ExactDecimal | UtcDateTime | Words):
        return f"types.{type(item).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    version_table=VERSION_TABLE,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
)
# The caller's transaction holds all steps, so that an upgrade happens whole or not at all.
context.run_migrations()
