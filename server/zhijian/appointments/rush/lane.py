"""What the lane answers: a booking, a place in the queue, or a refusal with the same code as on the ordinary path."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import asyncpg

from zhijian.appointments import errors
from zhijian.appointments.actions.rush import statements
from zhijian.appointments.actions.rush.verdicts import AGAIN, DONE, REFUSALS
from zhijian.appointments.models.booking import booking_number
from zhijian.appointments.rules import admission
from zhijian.appointments.rush.batching import Batcher, Overfull, PutOff
from zhijian.appointments.rush.database import Away, Database
from zhijian.core.clock import now
from zhijian.core.errors import Problem, Unavailable
from zhijian.core.ids import new_id
from zhijian.core.zone import CHINA

_CONTESTED = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
log = logging.getLogger(__name__)
Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Wish:
    """A booking that somebody asks for; ``token`` is the session's hash."""

    token: str
    slot: str
    key: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody in the queue of ``rush``, or who wants to be."""

    token: str
    rush: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``body`` is JSON, a problem's if ``status`` is 400 or more."""

    status: int
    body: bytes
    retry_after: int | None = None


def refusal(problem: Problem) -> Answer:
    body = json.dumps(problem.as_json(), ensure_ascii=False).encode()
    return Answer(problem.status, body, problem.retry_after)


_ANSWERS = {code: refusal(kind()) for code, kind in REFUSALS.items()}
AWAY = refusal(Unavailable(retry_after=2))
BUSY = refusal(errors.RushBusy(retry_after=1))

Verdict = Callable[[Any, datetime], Answer]


class Lane:
    """Needs a running event loop. ``at_once`` batches of bookings run side by side."""

    def __init__(
        self, database: Database, *, largest: int = 256, at_once: int = 2, most: int = 10_000
    ) -> None:
        self._database = database
        self._bookings = Batcher(self._book, largest=largest, at_once=at_once, most=most)
        self._joins = Batcher(self._join, largest=largest, most=most)
        self._places = Batcher(self._place, largest=largest, most=most)

    @property
    def waiting(self) -> int:
        return self._bookings.waiting + self._joins.waiting + self._places.waiting

    async def book(self, wish: Wish) -> Answer:
        return await self._asked(self._bookings.ask(wish))

    async def join(self, turn: Turn) -> Answer:
        return await self._asked(self._joins.ask(turn))

    async def place(self, turn: Turn) -> Answer:
        return await self._asked(self._places.ask(turn))

    async def close(self) -> None:
        """Answer everybody who waits, then let go of the database."""
        await asyncio.gather(self._bookings.close(), self._joins.close(), self._places.close())
        await self._database.close()

    async def _asked(self, answer: Awaitable[Answer]) -> Answer:
        try:
            return await answer
        except (Overfull, PutOff):
            return BUSY
        except Away:
            return AWAY

    async def _book(self, wishes: Sequence[Wish]) -> Sequence[Answer | None]:
        def values(moment: datetime, some: Sequence[Wish]) -> tuple[Any, ...]:
            ids = [new_id() for _ in some]
            numbers = [booking_number() for _ in some]
            columns = (
                [wish.token for wish in some],
                [wish.slot for wish in some],
                [wish.key for wish in some],
            )
            return (moment, *columns, ids, numbers, list(admission.POOLS), "confirmed", "rush")

        return await self._run(statements.BOOK, wishes, values, _booking)

    async def _join(self, turns: Sequence[Turn]) -> Sequence[Answer | None]:
        def values(moment: datetime, some: Sequence[Turn]) -> tuple[Any, ...]:
            ids = [new_id() for _ in some]
            return (moment, [turn.token for turn in some], [turn.rush for turn in some], ids)

        return await self._run(statements.JOIN, turns, values, _joined)

    async def _place(self, turns: Sequence[Turn]) -> Sequence[Answer | None]:
        def values(moment: datetime, some: Sequence[Turn]) -> tuple[Any, ...]:
            return (moment, [turn.token for turn in some], [turn.rush for turn in some])

        return await self._run(statements.PLACE, turns, values, _placed)

    async def _run(
        self,
        statement: str,
        asked: Sequence[Asked],
        values: Callable[[datetime, Sequence[Asked]], tuple[Any, ...]],
        verdict: Verdict,
    ) -> Sequence[Answer | None]:
        """Each request's answer, None for those to be asked again. Raises Away."""
        moment = now()
        try:
            rows = await self._database.fetch(statement, *values(moment, asked))
        except _CONTESTED:  # undone as a whole; the other side has gone on
            return [None] * len(asked)
        except asyncpg.PostgresError as error:
            if len(asked) == 1:
                log.error("request refused by the database", extra={"error": type(error).__name__})
                return [None]
            # Two requests that cannot both be: alone, each is answered for itself.
            alone = [await self._run(statement, [one], values, verdict) for one in asked]
            return [answers[0] for answers in alone]
        answers: list[Answer | None] = [None] * len(asked)
        for row in rows:
            answers[row["n"] - 1] = _told(row, moment, verdict)
        return answers


def _told(row: Mapping[str, Any], moment: datetime, verdict: Verdict) -> Answer | None:
    said: str = row["verdict"]
    if said == DONE:
        return verdict(row, moment)
    return None if said == AGAIN else _ANSWERS[said]


def _booking(row: Mapping[str, Any], moment: datetime) -> Answer:
    # Written out: the values are ids, codes and times, and this is the lane's hottest line.
    body = (
        f'{{"id":"{row["id"]}","number":"{row["number"]}","state":"{row["state"]}","slot":"{row["slot"]}",'
        f'"item_code":"{row["item_code"]}","starts_at":"{_local(row["starts_at"])}","ends_at":"{_local(row["ends_at"])}"}}'
    )
    return Answer(201, body.encode())


def _joined(row: Mapping[str, Any], moment: datetime) -> Answer:
    return Answer(201, _place_body(row, moment))


def _placed(row: Mapping[str, Any], moment: datetime) -> Answer:
    return Answer(200, _place_body(row, moment))


def _place_body(row: Mapping[str, Any], moment: datetime) -> bytes:
    window = timedelta(minutes=row["window_minutes"])
    pace = admission.Pace(row["opens_at"], row["closes_at"], row["per_second"], window)
    found = admission.place(pace, row["position"], moment)
    body = {
        "rush": row["rush"],
        "position": found.position,
        "ahead": found.ahead,
        "turn_at": _local(found.turn_at),
        "until": _local(found.until),
        "phase": found.phase.value,
        "now": _local(moment),
    }
    return json.dumps(body).encode()


def _local(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat()
