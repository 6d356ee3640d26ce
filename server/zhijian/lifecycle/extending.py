"""延期 of a deadline: asked by who works on it, answered by another, taken back before it is answered."""

from typing import Any

from zhijian.lifecycle.models import ExtensionRequest
from zhijian.lifecycle.turn import Turn


def answer(turn: Turn[Any, Any, Any], status: ExtensionRequest.Status) -> Any:
    """Approve or deny the request that waits; returns it."""
    return _end(turn, status, decided_by=turn.staff)


def recall(turn: Turn[Any, Any, Any]) -> Any:
    """Take the request back; returns it."""
    return _end(turn, ExtensionRequest.Status.RECALLED, decided_by=None)


def _end(turn: Turn[Any, Any, Any], status: ExtensionRequest.Status, *, decided_by: Any) -> Any:
    asked = turn.row.extensions.get(status=ExtensionRequest.Status.PENDING)
    asked.status, asked.decided_by, asked.decided_at = status, decided_by, turn.at
    asked.save(update_fields=["status", "decided_by", "decided_at"])
    if status is ExtensionRequest.Status.DENIED:
        turn.news.append((asked.asked_by, "延期申请没有批准"))
    return asked
