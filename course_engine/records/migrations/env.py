"""What Alembic runs: the migrations, on the connection that ``records.schema`` opened."""

from alembic import context

from course_engine.records.base import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,  # For its naming convention; migrations name their own tables.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
