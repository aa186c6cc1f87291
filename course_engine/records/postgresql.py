"""How a connection to PostgreSQL behaves: whoever reads, or writes once, takes a short way."""

from collections.abc import Callable
from typing import Any

from psycopg import Connection, Cursor, IsolationLevel
from sqlalchemy import Engine, PoolProxiedConnection, event

_USUAL = (None, IsolationLevel.READ_COMMITTED)
# Lengths, precision and whether a column may be empty: nobody asks.
_UNSAID = (None, None, None, None, None)


class Plain(Cursor[Any]):
    """A cursor that says of its columns what SQLAlchemy asks for, their names and their types.

    The driver's own makes an object for each column of each answer.
    """

    @property
    def description(self) -> Any:
        """The columns of the answer, None if it has no rows to give."""
        answer = self.pgresult
        if answer is None or not answer.nfields:
            return None
        columns = range(answer.nfields)
        return [((answer.fname(at) or b"").decode(), answer.ftype(at), *_UNSAID) for at in columns]


def prepare(
    engine: Engine, stands_alone: Callable[[], bool]
) -> Callable[[PoolProxiedConnection], None]:
    """Prepare an engine's connections, and return what begins a transaction on one.

    A transaction that stands alone is spared the BEGIN and the COMMIT around its statements.

    ``stands_alone`` is asked when it begins: does it only read, or is it a single statement? Each
    statement sees what was committed before it, inside a transaction and without one, unless
    somebody asked for another isolation. A ROLLBACK would also make the driver forget the
    statements that it had prepared.
    """

    def begin(connection: PoolProxiedConnection) -> None:
        database: Any = connection.dbapi_connection
        if database.isolation_level not in _USUAL:
            return
        alone = stands_alone()
        if database.autocommit != alone:
            database.autocommit = alone

    event.listen(engine, "connect", _set_up)
    engine.dialect.skip_autocommit_rollback = True
    return begin


def _set_up(database: Connection, _record: object) -> None:
    database.cursor_factory = Plain
    # A page of an index is nearly always in memory. PostgreSQL takes it to be four times as dear as
    # the next page of a table, goes through the whole of a small table instead, and keeps that plan
    # while the table grows.
    database.execute("SET random_page_cost = 1.1")
    database.commit()
