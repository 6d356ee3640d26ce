"""What this domain asks of outside systems, whoever provides them."""

from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """What the identity check says of a name and an id number."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


class SystemUnavailable(Exception):
    """The system cannot do it now. The person may try again later; nothing was done."""


class SmsSender(Protocol):
    def send_code(self, *, phone: str, code: str, minutes: int) -> None:
        """Hand a log-in code to the operator. Raises SystemUnavailable."""


class IdentityCheck(Protocol):
    def check(self, *, name: str, id_number: str) -> Verdict:
        """Raises SystemUnavailable."""
