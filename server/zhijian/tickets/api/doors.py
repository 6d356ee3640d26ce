"""Who may send: a citizen by bearer token, or anybody who gives none and so stays anonymous."""

from typing import cast

from django.http import HttpRequest

from zhijian.core.callers import caller_address
from zhijian.identity.auth import citizen_bearer
from zhijian.identity.models import Citizen
from zhijian.tickets.senders import Sender, sender_of

_SCHEME = "bearer "
_LONGEST_DEVICE = 80


class SenderDoor:
    """``request.auth`` becomes the sender. A token that is given must be good: nobody turns anonymous by accident."""

    def __call__(self, request: HttpRequest) -> Sender:
        given = request.headers.get("Authorization", "")
        citizen: Citizen | None = None
        if given:
            token = given[len(_SCHEME) :] if given.lower().startswith(_SCHEME) else ""
            citizen = citizen_bearer.authenticate(request, token)
        device = request.headers.get("Device-Id", "")[:_LONGEST_DEVICE]
        return sender_of(citizen, device=device, address=caller_address(request))


sender_door = SenderDoor()


def who_sends(request: HttpRequest) -> Sender:
    """The sender of a request that passed the door above."""
    return cast(Sender, request.auth)  # type: ignore[attr-defined]
