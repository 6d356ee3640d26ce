"""Hashing of staff passwords in a thread of its own, so that log-in posts cannot stall the threads that serve citizens.

One password costs about half a second of a core by design. The server's threads hand it to one patient thread and
only few may wait for it; whoever comes beyond them is asked to try again instead of holding a thread.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from zhijian.core.errors import Unavailable

_AT_ONCE = 4  # one that is hashed, the others wait: two seconds at most
_NICE = 10  # the scheduler serves other threads first


class PasswordsBusy(Unavailable):
    code = "core.passwords_busy"
    title = "现在登录的人太多"


def _be_patient() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


class Queue:
    """One thread that hashes, and at most ``at_once`` callers with it."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._seats = threading.BoundedSemaphore(at_once)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="passwords", initializer=_be_patient)

    def run(self, work: Callable[[], str]) -> str:
        """What ``work`` gives. Raises PasswordsBusy when all seats are taken."""
        if not self._seats.acquire(blocking=False):
            raise PasswordsBusy("没有执行登录，请过几秒再试；密码没有被记为输错。", retry_after=3)
        try:
            return self._thread.submit(work).result()
        finally:
            self._seats.release()


queue = Queue()


class PatientHasher(PBKDF2PasswordHasher):
    """Django's PBKDF2 with SHA-256; hashes made by it before stay good."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        encode: Callable[..., str] = super().encode
        return queue.run(lambda: encode(password, salt, iterations))
