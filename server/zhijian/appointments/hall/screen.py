"""What the calling screen shows: calls and queues of its groups."""

import hashlib
import json
from dataclasses import asdict, dataclass

from zhijian.appointments.models import Device
from zhijian.appointments.queries.hall import Call, GroupQueue, calls, groups_for, hall_queue


@dataclass(frozen=True, slots=True)
class Board:
    """``calls`` the newest first; the first is shown large."""

    calls: list[Call]
    queues: list[GroupQueue]

    @property
    def etag(self) -> str:
        content = json.dumps(
            [[asdict(call) for call in self.calls], [asdict(queue) for queue in self.queues]], default=str
        )
        return f'"{hashlib.sha256(content.encode()).hexdigest()[:20]}"'


def board(device: Device) -> Board:
    """Six queries at most, for a screen that asks every two seconds."""
    groups = groups_for(device)
    codes = {group.code for group in groups}
    queues = [queue for queue in hall_queue(device.hall) if queue.code in codes]
    return Board(calls(device.hall, groups), queues)
