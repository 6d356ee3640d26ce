"""The case page: everything that an officer needs for the next step, in three columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from zhijian.cases.actions.documents import held_kind
from zhijian.cases.actions.turn import mark
from zhijian.cases.console import answers
from zhijian.cases.console.correctable import Correctable, correctable
from zhijian.cases.console.offers import Blocked, blocked, offers
from zhijian.cases.console.papers import Paper, Shown, papers, shown
from zhijian.cases.models import Case, CaseDocument, CasePause, CaseResult, CaseStep, Correction, Extension
from zhijian.cases.queries.facts import facts_of, roles_of
from zhijian.cases.queries.printed import printed_facts, statement_of
from zhijian.cases.queries.staff import receivers
from zhijian.cases.queries.stages import Standing, standing
from zhijian.cases.queries.versions import Version, version
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.grounds import DeliveryMethod, Ground
from zhijian.cases.rules.states import DONE, State
from zhijian.catalog.rules import Applied, apply_answers
from zhijian.core.clock import now, today
from zhijian.core.console_lights import Lamp, lamp
from zhijian.core.errors import Problem
from zhijian.core.pdf import held
from zhijian.core.pdf.errors import way_out
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import posts_of
from zhijian.privacy.rules import post_for
from zhijian.workbench.acting import Tried
from zhijian.workbench.offers import Offer

GROUNDS: Final = [(ground.value, ground.label) for ground in Ground if ground is not Ground.CORRECTION]
_RECOMMENDED: Final = {"approve": "建议准予", "refuse": "建议不予"}
_DELIVERY_WORDS: Final = ("hall", "receiver", "address", "phone")


@dataclass(frozen=True, slots=True)
class Clock:
    started_at: datetime | None
    due_at: datetime | None
    rule: str
    law: str
    percent: int
    pauses: Sequence[CasePause] = ()
    extensions: Sequence[Extension] = ()


@dataclass(slots=True)
class CasePage:
    """What the templates under ``cases/`` read as ``page``."""

    case: Case
    applicant: str
    holder: str
    holder_gone: bool
    lamp: Lamp
    sections: list[answers.Section]
    masked: frozenset[str]
    may_reveal: bool
    answers_words: list[tuple[str, str]]
    papers: list[Paper]
    shown: Shown | None
    clock: Clock | None
    steps: Sequence[CaseStep]
    offers: list[Offer]
    blocked: list[Blocked]
    idle_words: str
    faults: Mapping[str, str]
    correctable: Correctable
    fee: str
    delivery: str
    recommendation: str
    documents: Sequence[CaseDocument]
    held: list[tuple[str, str]]
    result: CaseResult | None
    version: int
    printed: list[tuple[str, str]]
    statement: str
    receivers: list[Staff] = field(default_factory=list)
    problem: Problem | None = None
    reveal_problem: Problem | None = None
    revealed: bool = False
    seen: str = ""
    extension_waits: bool = False
    clear: list[tuple[str, str]] = field(default_factory=list)
    grounds: Any = field(default_factory=lambda: GROUNDS)

    @property
    def refusal(self) -> Any:
        return self.case.refusal


def build(case: Case, staff: Staff, *, file: str = "", tried: Tried | None = None) -> CasePage:
    """Put the page together from ``case`` as :func:`zhijian.cases.queries.citizen.whole` reads it."""
    moment, item = now(), version(case.item_version_id)
    applied = apply_answers(item.spec, case.answers)
    stand = standing(case, moment)
    form = answers.sections(item.form["ui"], case.form)
    found = papers(applied.materials, list(case.materials.all()))
    page = CasePage(
        case=case,
        applicant=case.citizen.masked_name,
        holder=_holder(case, staff),
        holder_gone=False,
        lamp=lamp(stand.light, stand.due_at, unit=stand.limit_unit, now=moment, calendar=Workdays.load()),
        sections=form,
        masked=answers.hidden(form) | {"name"},
        may_reveal=post_for(posts_of(staff)) is not None,
        answers_words=_situation(item, case.answers),
        papers=found,
        shown=shown(case, found, file),
        clock=_clock(case, stand, moment),
        steps=sorted(case.steps.all(), key=lambda step: step.pk, reverse=True),
        offers=[],
        blocked=[],
        idle_words=_idle(stand),
        faults=_faults(case),
        correctable=_correctable(form, applied, tried),
        fee=applied.fee,
        delivery=_delivery(case),
        recommendation=_RECOMMENDED.get(case.recommendation, ""),
        documents=list(case.documents.all()),
        held=_held(case),
        result=getattr(case, "result", None),
        version=item.label["number"],
        printed=printed_facts(item, case.form) if case.state == State.APPROVED else [],
        statement=statement_of(item, case.form, today()) if case.state == State.APPROVED else "",
        problem=tried.problem if tried else None,
        seen=mark(case),
    )
    _offer(page, staff, moment, tried)
    return page


def _offer(page: CasePage, staff: Staff, moment: datetime, tried: Tried | None) -> None:
    case = page.case
    roles, facts = roles_of(staff.actor, staff, case), facts_of(case, staff, moment)
    page.offers = offers(
        case.state,
        roles,
        facts,
        held=case.assignee_id is not None,
        tried=tried,
    )
    page.blocked = blocked(case.state, roles, facts)
    page.holder_gone = facts.holder_gone
    page.extension_waits = facts.extension == "pending"
    if any(offer.code == Action.TRANSFER for offer in page.offers):
        page.receivers = [one for one in receivers(case) if one.pk != staff.pk or case.assignee_id]


def _holder(case: Case, staff: Staff) -> str:
    if case.assignee_id is None:
        return ""
    return "我" if case.assignee_id == staff.pk else str(case.assignee)


def _situation(item: Version, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """The questions of the situation with the chosen answers, in words."""
    found = []
    for question in item.spec.questions:
        chosen = next((option for option in question.options if option.key == given.get(question.key)), None)
        if chosen:
            found.append((question.text, chosen.label))
    return found


def _correctable(form: list[answers.Section], applied: Applied, tried: Tried | None) -> Correctable:
    here = tried if tried and tried.action == Action.REQUEST_CORRECTION else None
    return correctable(
        form, applied.materials, data=here.data if here else None, problem=here.problem if here else None
    )


def _faults(case: Case) -> dict[str, str]:
    """What the notice of correction says about fields, while the case waits for the answer."""
    notice: Correction | None = getattr(case, "correction", None)
    if notice is None:
        return {}
    return {one.key: one.words for one in notice.items.all() if one.kind == "field"}


def _delivery(case: Case) -> str:
    """Where the result goes; only for what is sent or collected."""
    if case.delivery_method == DeliveryMethod.ELECTRONIC:
        return ""
    return " ".join(str(case.delivery[name]) for name in _DELIVERY_WORDS if case.delivery.get(name))


def _clock(case: Case, stand: Standing, moment: datetime) -> Clock | None:
    if stand.due_at is None and not stand.rule:
        return None
    return Clock(
        started_at=stand.started_at,
        due_at=stand.due_at,
        rule=stand.rule,
        law=stand.law,
        percent=_percent(stand, moment),
        pauses=list(case.pauses.all()),
        extensions=list(case.extensions.all()),
    )


def _percent(stand: Standing, moment: datetime) -> int:
    if stand.started_at is None or stand.due_at is None or stand.due_at <= stand.started_at:
        return 100
    share = (moment - stand.started_at) / (stand.due_at - stand.started_at)
    return max(0, min(100, round(share * 100)))


def _held(case: Case) -> list[tuple[str, str]]:
    """Documents that no font can print: their names, and what to do."""
    result = getattr(case, "result", None)
    papers = held.of([case.public_id, *([result.licence.public_id] if result else [])])
    labels = {held_kind(kind): label for kind, label in CaseDocument.Kind.choices}
    return [(labels.get(paper.kind, "证照文件"), way_out(paper.missing)) for paper in papers]


def _idle(stand: Standing) -> str:
    if stand.state in DONE:
        return "这个办件已经结束，没有需要办理的事。"
    if stand.state is State.CORRECTION:
        return "正在等待申请人补正，补正后会回到待办。"
    return "这一步由其他岗位办理，您可以查看。"
