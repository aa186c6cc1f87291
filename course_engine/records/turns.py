"""One at a time: a turn that one process of a site has, and that ends when the process does.

The database keeps it: PostgreSQL as a lock of a connection, SQLite as a transaction on a file of
its own beside the database. Neither outlives its process, so nobody waits for one that was killed.
"""

import sqlite3
import zlib
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError


class Turn:
    """The turn of one name, for example of the clerk; not yet taken."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._held: Any = None

    def take(self) -> bool:
        """Take the turn, or say that another process has it. Who has it keeps it.

        A connection that broke lost the turn, and it is taken anew.
        """
        if self._held is not None and self._still_there():
            return True
        self.leave()
        self._held = (
            self._of_file() if self._engine.dialect.name == "sqlite" else self._of_connection()
        )
        return self._held is not None

    def leave(self) -> None:
        """Let another process have the turn."""
        if self._held is not None:
            held, self._held = self._held, None
            held.close()

    def _still_there(self) -> bool:
        if not isinstance(self._held, Connection):
            return True
        try:
            self._held.execute(text("SELECT 1"))
            self._held.commit()
        except SQLAlchemyError:
            self._held.invalidate()
            return False
        return True

    def _of_file(self) -> sqlite3.Connection | None:
        path = f"{self._engine.url.database}-{self._name}"
        opened = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            opened.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            opened.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return None
        return opened

    def _of_connection(self) -> Connection | None:
        # Detached from the pool: closing it closes the connection, and with it goes the lock.
        opened = self._engine.connect()
        opened.detach()
        asked = text("SELECT pg_try_advisory_lock(:key)")
        taken = opened.execute(asked, {"key": zlib.crc32(self._name.encode())}).scalar_one()
        # The lock is the connection's, and outlives the transaction that took it.
        opened.commit()
        if taken:
            return opened
        opened.close()
        return None
