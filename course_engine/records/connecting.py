"""The session in which records are read and written: one connection, one transaction at a time."""

from collections.abc import Mapping
from typing import Any, Self

from sqlalchemy import Connection, Engine, Executable, Result


class Session:
    """A connection that is taken with the first statement and given back with the transaction.

    Leaving a ``with`` block forgets what was not committed. SQLAlchemy's own session keeps objects
    besides. Records have none, and loading what keeps them was a tenth of a start.
    """

    __slots__ = ("_line", "engine")

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._line: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def connection(self, *, execution_options: Mapping[str, Any] | None = None) -> Connection:
        """Return the connection of this session; its first statement begins a transaction."""
        if self._line is None:
            self._line = self.engine.connect()
        if execution_options:
            self._line.execution_options(**execution_options)
        return self._line

    def execute(
        self,
        statement: Executable,
        values: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> Result[*tuple[Any, ...]]:
        """Run a statement in the transaction of this session, begun here if there is none."""
        line = self._line or self.connection()
        return line.execute(statement, values, execution_options=execution_options)

    def commit(self) -> None:
        """Keep what was written."""
        if self._line is not None:
            self._line.commit()
            self.close()

    def rollback(self) -> None:
        """Forget what was written."""
        self.close()

    def turn(self) -> None:
        """Forget what was written, and keep the connection for what comes next."""
        if self._line is not None:
            self._line.rollback()

    def close(self) -> None:
        """Give the connection back; what was not committed is forgotten."""
        line, self._line = self._line, None
        if line is not None:
            line.close()
