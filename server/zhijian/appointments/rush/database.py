"""The lane's few connections: opened when needed, opened again when the database comes back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import asyncpg

Connect = Callable[[], Awaitable[asyncpg.Connection]]
log = logging.getLogger(__name__)

_GONE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,  # a standby that has not taken over yet
)


class Away(Exception):
    """The database did not answer. Whether a statement under way was committed is not known."""


class Database:
    """At most ``lines`` statements at once, each given up after ``seconds``."""

    def __init__(self, connect: Connect, *, lines: int, seconds: float = 10.0) -> None:
        self._connect, self._seconds = connect, seconds
        self._free: asyncio.LifoQueue[asyncpg.Connection | None] = asyncio.LifoQueue()
        for _ in range(lines):
            self._free.put_nowait(None)
        self._lines = lines

    async def fetch(self, statement: str, *values: Any) -> Sequence[Any]:
        """The statement's rows, in a transaction of its own. Raises Away, and the database's refusals."""
        line = await self._free.get()
        try:
            if line is None or line.is_closed():
                line = await self._opened()
            rows: Sequence[Any] = await line.fetch(statement, *values, timeout=self._seconds)
            return rows
        except _GONE as error:
            log.error("database away", extra={"error": type(error).__name__})
            if line is not None:
                line.terminate()
                line = None
            raise Away from error
        finally:
            self._free.put_nowait(line)

    async def close(self) -> None:
        for _ in range(self._lines):
            line = await self._free.get()
            if line is not None and not line.is_closed():
                await line.close(timeout=2)

    async def _opened(self) -> asyncpg.Connection:
        try:
            return await self._connect()
        except (
            asyncpg.PostgresError
        ) as error:  # refused at the door: still starting, or the name is not there yet
            raise Away from error
