"""How Alembic reaches the database: over the connection that `migrate` hands it."""

from alembic import context

from tomsapp.store.version import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
# The caller's transaction holds all steps, so that an upgrade happens whole or not at all.
context.run_migrations()
