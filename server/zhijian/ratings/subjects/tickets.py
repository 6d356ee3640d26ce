"""Tickets 诉求: rated by their reporter once they are answered, and anew after they were done again. Whoever gave no
name rates by the signed code that their receipt opens.
"""

from collections.abc import Iterator
from datetime import datetime

from zhijian.identity.models import Citizen
from zhijian.ratings.errors import NotDoneYet, SubjectUnknown
from zhijian.ratings.rules import ONLINE
from zhijian.ratings.rules.figures import SATISFIED_FROM
from zhijian.ratings.subjects.base import Handled, Subject, register
from zhijian.tickets.actions import mark_dismissed, mark_rated
from zhijian.tickets.queries.citizen import ticket_for_citizen
from zhijian.tickets.queries.rating import handled, handling, is_answered, nameless


class TicketKind:
    code = "ticket"
    label = "诉求办理"

    def resolve(self, reference: str, *, citizen: Citizen | None) -> Subject:
        if citizen is None:
            ticket = nameless(reference)
        else:
            ticket = ticket_for_citizen(citizen.actor, citizen, reference)
        if ticket is None:
            raise SubjectUnknown
        if not is_answered(ticket):
            raise NotDoneYet
        return Subject(
            kind=self.code,
            reference=handling(ticket),
            department=ticket.department or ticket.suggested,
            channel=ONLINE,
            citizen=citizen,
        )

    def rated(self, subject: Subject, *, stars: int) -> None:
        mark_rated(reference=subject.reference, stars=stars, satisfied=stars >= SATISFIED_FROM)

    def dismissed(self, reference: str) -> None:
        mark_dismissed(reference=reference)

    def handled(self, *, since: datetime) -> Iterator[Handled]:
        for department, count in handled(since):
            yield Handled(department, None, "", count)


register(TicketKind())
