"""The same matter sent before: found among what came lately, and joined while it is still open."""

from collections.abc import Iterator

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.geo import Point
from zhijian.identity.models import Citizen
from zhijian.tickets import errors
from zhijian.tickets.actions import turn
from zhijian.tickets.actions.merging import join
from zhijian.tickets.models import Ticket
from zhijian.tickets.rules.limits import SAME_TEXT
from zhijian.tickets.rules.similarity import Where, same_place
from zhijian.tickets.rules.states import MERGE_INTO, OPEN

_OF_BOTH = ("number", "public_id", "state", "parent")
_LOOKED_AT = (
    *_OF_BOTH, "citizen", "left_at", "latitude", "longitude", "address", "hall", "region",
    *(f"merged_into__{name}" for name in _OF_BOTH),
)  # fmt: skip


def find(ticket: Ticket) -> Ticket | None:
    """An open ticket in the same words, with the same answers, about the same place as ``ticket``, which isn't saved yet.

    Another person's only in a category whose answers are public by default: whoever joins reads an answer that was
    written to somebody else, and a pension that did not arrive is each person's own matter, whatever the words. The
    officer sees such tickets side by side and decides.

    Raises AlreadySent when the sender's own is under way.
    """
    found = None
    shared = ticket.category.public_default
    for earlier in _lately(ticket):
        goes_on = earlier.merged_into or earlier
        if ticket.citizen is not None and asks_still(earlier, ticket.citizen) and goes_on.state in OPEN:
            raise errors.AlreadySent(extra={"ticket_id": earlier.public_id, "number": earlier.number})
        if shared and found is None and goes_on.state in MERGE_INTO and goes_on.parent_id is None:
            found = goes_on
    return found


def _lately(ticket: Ticket) -> Iterator[Ticket]:
    lately = Ticket.objects.filter(
        digest=ticket.digest, submitted_at__gt=now() - SAME_TEXT, parent__isnull=True
    ).select_related("merged_into")
    here = where(ticket)
    return (
        earlier for earlier in lately.only(*_LOOKED_AT).order_by("id") if same_place(here, where(earlier))
    )


def asks_still(ticket: Ticket, citizen: Citizen) -> bool:
    """Whether it is this citizen's, who has not withdrawn it."""
    return ticket.citizen_id == citizen.pk and ticket.left_at is None


def where(ticket: Ticket) -> Where:
    point = None
    if ticket.latitude is not None and ticket.longitude is not None:
        point = Point(ticket.latitude, ticket.longitude)
    return Where(point, ticket.address, ticket.hall_id, ticket.region_id)


def still_open(twin: Ticket) -> Ticket | None:
    """``twin``, locked; None when it has ended since it was found.

    It is locked before it is looked at again, so that nothing may end it in between and a join never fails whoever sent.
    """
    goal = turn.lock(twin.pk)
    return goal if goal.state in MERGE_INTO else None


def join_twin(ticket: Ticket, goal: Ticket) -> Ticket:
    """Join the saved ``ticket`` to the twin that is held open."""
    return join(SYSTEM, ticket=ticket, into=goal, reason="内容和地点相同，自动并案")
