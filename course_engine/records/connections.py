"""Connections that stay open from one session to the next.

To take one out of the engine's pool and to put it back took a twentieth of a page.
"""

from sqlalchemy import Connection, Engine


class Connections:
    """The connections of one engine. Threads may share them; processes may not."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._idle: list[Connection] = []

    def take(self) -> Connection:
        """Return a connection that nobody else has."""
        try:
            return self._idle.pop()
        except IndexError:
            return self.engine.connect()

    def leave(self, connection: Connection) -> None:
        """Forget what was not committed, and keep the connection for whoever comes next.

        One that was told to behave in its own way is not kept. Where one broke, the database went
        away, so none is kept.
        """
        try:
            connection.rollback()
        except BaseException:
            connection.invalidate()
            raise
        if connection.invalidated:
            self._drop()
        if connection.invalidated or connection.get_execution_options():
            connection.close()
        else:
            self._idle.append(connection)

    def close(self) -> None:
        """Close every connection that nobody has."""
        self._drop()
        self.engine.dispose()

    def forget(self) -> None:
        """Leave them to the process that this one began in: two on one would mix up answers."""
        self._idle.clear()
        self.engine.dispose(close=False)

    def _drop(self) -> None:
        while self._idle:
            # Not given back to the pool: one that was let go of before does not close it any more.
            self._idle.pop().invalidate()
