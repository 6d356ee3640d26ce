"""Requests wait for each other only while a batch is under way: then all that wait make the next one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_PAUSE = 0.01  # seconds more between two tries of a request that has been put off several times
_EAGER = 2  # tries that follow at once


class Overfull(Exception):
    """More wait than can be answered in time, or the process is ending."""


class PutOff(Exception):
    """A request was put off from batch to batch until its time was over."""


@dataclass(slots=True)
class _Ticket(Generic[Asked, Answer]):
    asked: Asked
    answered: "asyncio.Future[Answer]"
    until: float
    tries: int = 0


class Batcher(Generic[Asked, Answer]):
    """``run`` answers up to ``largest`` requests in their order; None puts one off to the next batch.

    ``at_once`` batches are under way at most, ``most`` requests wait, each for ``patience`` seconds.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer | None]]],
        *,
        largest: int = 256,
        at_once: int = 1,
        most: int = 10_000,
        patience: float = 3.0,
    ) -> None:
        self._run, self._largest, self._most, self._patience = run, largest, most, patience
        self._waiting: deque[_Ticket[Asked, Answer]] = deque()
        self._open = 0
        self._closing = False
        self._wake = asyncio.Event()
        self._workers = [asyncio.create_task(self._work()) for _ in range(at_once)]

    @property
    def waiting(self) -> int:
        return self._open

    async def ask(self, asked: Asked) -> Answer:
        """Raises Overfull, PutOff, and what ``run`` raises."""
        if self._closing or self._open >= self._most:
            raise Overfull
        loop = asyncio.get_running_loop()
        ticket: _Ticket[Asked, Answer] = _Ticket(asked, loop.create_future(), loop.time() + self._patience)
        self._open += 1
        self._waiting.append(ticket)
        self._wake.set()
        try:
            return await ticket.answered
        finally:
            self._open -= 1

    async def close(self) -> None:
        """Answer all that wait, take nothing new, and end."""
        self._closing = True
        while self._open:
            await asyncio.sleep(0.005)
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            while not self._waiting:
                self._wake.clear()
                await self._wake.wait()
            size = min(self._largest, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(size)]
            try:
                answers = await self._run([ticket.asked for ticket in batch])
            except Exception as error:  # whatever it is belongs to those who asked
                for ticket in batch:
                    if not ticket.answered.done():
                        ticket.answered.set_exception(error)
                continue
            for ticket, answer in zip(batch, answers, strict=True):
                self._tell(ticket, answer)

    def _tell(self, ticket: "_Ticket[Asked, Answer]", answer: Answer | None) -> None:
        if ticket.answered.done():  # whoever asked has gone
            return
        if answer is not None:
            ticket.answered.set_result(answer)
            return
        loop = asyncio.get_running_loop()
        ticket.tries += 1
        if loop.time() >= ticket.until:
            ticket.answered.set_exception(PutOff())
        elif ticket.tries <= _EAGER:
            self._return(ticket)
        else:
            loop.call_later(_PAUSE * (ticket.tries - _EAGER), self._return, ticket)

    def _return(self, ticket: "_Ticket[Asked, Answer]") -> None:
        self._waiting.appendleft(ticket)
        self._wake.set()
