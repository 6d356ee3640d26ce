"""Parts of a ticket that was split, and the whole that ends with them."""

from datetime import datetime

from django.db import connection

from zhijian.core import serials
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import local_date
from zhijian.organizations.models import Department
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.actions.windows import close
from zhijian.tickets.models import Category, Ticket
from zhijian.tickets.queries.words import digest, hashed, tokens
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.kinds import LETTERS, Kind
from zhijian.tickets.rules.states import OPEN, State

PREFIX = "SQ"


def next_number(kind: str, moment: datetime) -> str:
    """``SQ``, day, letters of the kind, sequence, check character."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tickets_number')")
        (sequence,) = cursor.fetchone()
    letters = LETTERS[Kind(kind)]
    return serials.compose(prefix=PREFIX, day=local_date(moment), item_code=letters, sequence=sequence)


def part_of(whole: Ticket, department: Department, category: Category, body: str, move: turn.Turn) -> Ticket:
    """A ticket for one matter of ``whole``, already at its department. Its clock is the whole's."""
    words = tokens(whole.title, body)
    part = Ticket(
        number=next_number(category.kind, move.at),
        kind=category.kind,
        category=category,
        state=State.DISPATCHED,
        title=whole.title,
        body=body.strip(),
        words=hashed(words),
        digest=digest(category.code, whole.title, body, {}),
        citizen=whole.citizen,
        share_consent=whole.share_consent,
        place_kind=whole.place_kind,
        latitude=whole.latitude,
        longitude=whole.longitude,
        address=whole.address,
        hall=whole.hall,
        region=whole.region,
        department=department,
        suggested=department,
        parent=whole,
        urgent=whole.urgent,
        submitted_at=whole.submitted_at,
        updated_at=move.at,
        clock_started_at=whole.clock_started_at,
    )
    clocks.wind(part)
    clocks.sort(part)
    part.save()
    facts = {"part_of": whole.number, "department": department.code}
    sent = turn.LIFE.turn(part, Action.DISPATCH, move.actor, at=move.at)
    sent.source = State.SUBMITTED
    return turn.tell(sent, facts=facts)


def close_whole(part: Ticket) -> None:
    """Close the whole of ``part`` once nothing of it is open. Locking it first settles which part was the last."""
    if part.parent_id is None:
        return
    whole = turn.lock(part.parent_id)
    if whole.state != State.SPLIT or whole.parts.filter(state__in=sorted(OPEN)).exists():
        return
    move = turn.begin(SYSTEM, whole, Action.CLOSE_PARTS)
    close(move.row, move.at)
    move.row.replied_at = move.at
    turn.finish(move, note="分办的各件都已办结，请在各件中查看答复。")
