"""The ticket page: what was written on the left, what happened in the middle, what can be done on the right."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhijian.core.clock import now
from zhijian.core.console_lights import Lamp
from zhijian.core.errors import Problem
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.queries import posts_of
from zhijian.privacy.rules import post_for
from zhijian.tickets.actions.turn import mark
from zhijian.tickets.console.offers import offers
from zhijian.tickets.console.place import Place, place_of, point_of
from zhijian.tickets.console.rows import light_of
from zhijian.tickets.models import Category, Publication, Ticket, TicketStep
from zhijian.tickets.queries import tables
from zhijian.tickets.queries.facts import facts_of, roles_of
from zhijian.tickets.queries.followers import follower_counts
from zhijian.tickets.queries.routing import Suggestion, suggest
from zhijian.tickets.queries.sharing import others_of
from zhijian.tickets.queries.similar import Likeness, alike
from zhijian.tickets.rules import table
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import MERGE_INTO, OPEN, State
from zhijian.workbench.acting import Tried
from zhijian.workbench.offers import Offer

_SIMILAR = 5


@dataclass(slots=True)
class TicketPage:
    """What the templates under ``tickets/`` read as ``page``."""

    ticket: Ticket
    lamp: Lamp
    reporter: str
    phone: str
    may_reveal: bool
    others: int
    answers: list[tuple[str, str]]
    steps: Sequence[TicketStep]
    followers: int
    offers: list[Offer]
    publication: Publication | None
    may_publish: bool
    idle_words: str
    place: Place = field(default_factory=Place)
    suggestion: Suggestion | None = None
    similar: Sequence[Likeness] = ()
    departments: Sequence[Department] = ()
    categories: Sequence[Category] = ()
    templates: Sequence[tables.Filled] = ()
    part_places: Sequence[int] = ()
    problem: Problem | None = None
    reveal_problem: Problem | None = None
    seen: str = ""
    clear: list[tuple[str, str]] = field(default_factory=list)


def build(ticket: Ticket, staff: Staff, *, tried: Tried | None = None) -> TicketPage:
    """Put the page together from ``ticket`` as :func:`queries.staff.whole` reads it."""
    moment = now()
    roles, facts = roles_of(staff.actor, staff, ticket), facts_of(ticket, staff, moment)
    page = TicketPage(
        ticket=ticket,
        lamp=light_of(ticket, moment, Workdays.load()),
        reporter=_reporter(ticket),
        phone=ticket.citizen.masked_phone if reachable(ticket) and ticket.citizen else "",
        may_reveal=reachable(ticket) and post_for(posts_of(staff)) is not None,
        others=_others(ticket),
        answers=answers_of(ticket),
        steps=sorted(ticket.steps.all(), key=lambda step: step.pk, reverse=True),
        followers=follower_counts([ticket.pk]).get(ticket.pk, 0),
        offers=offers(
            ticket.state,
            roles,
            facts,
            tried=tried,
        ),
        publication=getattr(ticket, "publication", None),
        may_publish=Action.PREPARE in table.TABLE.possible(ticket.state, roles, facts),
        idle_words=_idle(ticket),
        problem=tried.problem if tried else None,
        seen=mark(ticket),
    )
    _fill(page, moment)
    page.place = place_of(ticket, page.similar)
    return page


def _fill(page: TicketPage, moment: datetime) -> None:
    """Lists for the forms, only for those that are offered."""
    offered = {offer.code for offer in page.offers}
    ticket = page.ticket
    if offered & {Action.DISPATCH, Action.FORWARD, Action.RETURN, Action.INVITE, Action.SPLIT}:
        page.departments = tables.takers()
    if offered & {Action.RECLASSIFY, Action.SPLIT}:
        page.categories = tables.leaves()
        page.part_places = range(1, 4)
    if offered & {Action.REPLY, Action.ANSWER_DIRECTLY}:
        page.templates = tables.templates_for(ticket)
    if Action.DISPATCH in offered:
        page.suggestion = suggest(ticket)
    if Action.MERGE in offered:
        page.similar = similar_to(ticket)


def similar_to(ticket: Ticket) -> list[Likeness]:
    """What it may be merged into."""
    text = f"{ticket.title}\n{ticket.body}"
    found = alike(category=ticket.category.code, text=text, point=point_of(ticket), without=ticket.pk)
    return [one for one in found if one.ticket.state in MERGE_INTO][:_SIMILAR]


def _others(ticket: Ticket) -> int:
    """How many more reported the same."""
    if ticket.parent_id is not None:
        return others_of(ticket).count()
    return sum(one.left_at is None for one in ticket.merged.all())


def reachable(ticket: Ticket) -> bool:
    """Whether there is a reporter with a name, who still asks."""
    return ticket.citizen is not None and ticket.left_at is None


def _reporter(ticket: Ticket) -> str:
    if ticket.left_at is not None:
        return "已撤回"
    if ticket.citizen is None:
        return "匿名"
    return ticket.citizen.masked_name or "未实名"


def answers_of(ticket: Ticket) -> list[tuple[str, str]]:
    """Questions of the category with what was answered, in words."""
    pages: list[dict[str, Any]] = ticket.category.form.get("ui", {}).get("pages", [])
    rows = []
    for field_ in (one for page in pages for one in page["fields"]):
        if field_["name"] in ticket.answers:
            rows.append((field_["label"], _words(field_, ticket.answers[field_["name"]])))
    return rows


def _words(field_: dict[str, Any], value: Any) -> str:
    labels = {option["value"]: option["label"] for option in field_.get("options", [])}
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(labels.get(one, str(one)) for one in value)
    return str(labels.get(value, value))


def _idle(ticket: Ticket) -> str:
    if ticket.state == State.SUPPLEMENT:
        return "正在等待反映人补充，补充后会回到待办。"
    if ticket.state == State.SPLIT:
        return "正在分办，各件办结后自动办结。"
    return "这一步由其他岗位办理，您可以查看。" if ticket.state in OPEN else "这件诉求已经结束。"
