"""What everybody reads: confirmed texts, coarse places, steps without their notes."""

from datetime import datetime

from zhijian.core.clock import local_date
from zhijian.core.geo import Point
from zhijian.organizations.models import Department
from zhijian.tickets.models import Publication
from zhijian.tickets.presenting import shapes
from zhijian.tickets.presenting.own import category_ref, scene_of, steps
from zhijian.tickets.presenting.sentences import for_others, sentence
from zhijian.tickets.queries.public import Answer
from zhijian.tickets.queries.similar import Suggestions
from zhijian.tickets.rules import kinds, states
from zhijian.tickets.rules.places import coarse


def public_ticket(publication: Publication, moment: datetime) -> shapes.PublicTicket:
    """With its ticket, category, department and region; no query. Nothing that a person wrote and nobody confirmed."""
    ticket = publication.ticket
    point = _point(publication)
    words, words_en = sentence(scene_of(ticket, moment))
    return shapes.PublicTicket(
        id=publication.public_id,
        kind=kinds.Kind(ticket.kind),
        kind_label=str(kinds.Kind(ticket.kind).label),
        category=category_ref(ticket),
        title=publication.title,
        question=publication.question,
        answer=publication.answer,
        department=_office(publication).name,
        department_en=_office(publication).name_en,
        state=states.State(ticket.state),
        state_label=states.label(ticket.state),
        state_label_en=for_others(states.label_en(ticket.state)),
        sentence=for_others(words),
        sentence_en=for_others(words_en),
        region=ticket.region.name if ticket.region else "",
        region_en=ticket.region.name_en if ticket.region else "",
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        submitted_on=local_date(ticket.submitted_at),
        confirmed_at=publication.confirmed_at or moment,
    )


def public_detail(
    publication: Publication, moment: datetime, *, followers: int, following: bool | None
) -> shapes.PublicDetail:
    return shapes.PublicDetail(
        **public_ticket(publication, moment).model_dump(),
        steps=steps(publication.ticket, notes=False),
        followers=followers,
        following=following,
    )


def _point(publication: Publication) -> Point | None:
    """Coordinates, only of categories that are public by default: others may show where somebody lives."""
    ticket = publication.ticket
    if not ticket.category.public_default or ticket.latitude is None or ticket.longitude is None:
        return None
    return coarse(Point(ticket.latitude, ticket.longitude))


def _office(publication: Publication) -> Department:
    return publication.ticket.department or publication.ticket.suggested


def answer(found: Answer) -> shapes.AnswerOut:
    one = found.publication
    return shapes.AnswerOut(
        id=one.public_id,
        category=category_ref(one.ticket),
        title=one.title,
        question=one.question,
        answer=one.answer,
        department=_office(one).name,
        department_en=_office(one).name_en,
        confirmed_at=one.confirmed_at or one.prepared_at,
    )


def similar(found: Suggestions, followers: dict[int, int], moment: datetime) -> shapes.SimilarList:
    items = [
        shapes.SimilarOut(
            ticket=public_ticket(publication, moment),
            metres=None if like.metres is None else round(like.metres),
            followers=followers.get(publication.ticket_id, 0),
        )
        for publication, like in found.public
    ]
    return shapes.SimilarList(items=items, others=found.others)
