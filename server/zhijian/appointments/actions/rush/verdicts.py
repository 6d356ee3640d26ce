"""What a rush's statements say of a request: done, ask again, or the code of a refusal."""

from typing import Final

from zhijian.appointments import errors
from zhijian.core.errors import Problem
from zhijian.core.idempotency import KeyReused
from zhijian.identity import errors as identity

DONE, AGAIN = "done", "again"
REFUSALS: Final[dict[str, type[Problem]]] = {
    kind.code: kind
    for kind in (
        identity.SessionEnded,
        identity.SessionExpired,
        identity.RealNameNeeded,
        KeyReused,
        errors.SlotUnknown,
        errors.SlotClosed,
        errors.SlotNotOpen,
        errors.SlotPast,
        errors.SlotFull,
        errors.RushOnly,
        errors.BlockedByMisses,
        errors.AlreadyBooked,
        errors.RushUnknown,
        errors.JoinNotOpen,
        errors.JoinClosed,
        errors.NotJoined,
    )
}
