"""What a citizen reads: their cases, one case whole, their to-dos."""

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from zhijian.audit.actions import record_refusal
from zhijian.cases import errors
from zhijian.cases.models import Case, CaseFile, CaseMaterial
from zhijian.cases.queries.stages import RATE_WITHIN, paused
from zhijian.cases.rules.states import DONE, OPEN, State
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.pagination import Page, paginate
from zhijian.identity.models import Citizen

_STATES: dict[str, Q] = {
    "all": Q(),
    "draft": Q(state=State.DRAFT),
    "open": Q(state__in=sorted(OPEN)),
    "done": Q(state__in=sorted(DONE)),
}
#: A list reads neither forms nor addresses: nothing is opened that isn't shown.
SEALED = ("form", "delivery", "refusal")


def known() -> QuerySet[Case]:
    """Cases with applicant, department, and how long their version is in force; :func:`version` knows what it says."""
    rows = Case.objects.select_related("department", "citizen", "item_version")
    return rows.defer("item_version__spec", "item_version__form")


def cases_of(citizen: Citizen) -> QuerySet[Case]:
    return Case.objects.filter(citizen=citizen).select_related("department").defer(*SEALED)


def my_cases(
    citizen: Citizen, *, state: str = "all", cursor: str | None = None, size: int = 20
) -> Page[Case]:
    """``state``: open, done, draft or all; the latest first. One query."""
    found = cases_of(citizen).filter(_STATES.get(state, Q()))
    return paginate(found, order=("-updated_at", "-id"), cursor=cursor, size=size)


def todos(citizen: Citizen) -> list[Case]:
    """Drafts, corrections, results to collect, and cases to rate that ended lately. One query."""
    lately = Q(state=State.CONCLUDED, rated_at__isnull=True, concluded_at__gte=now() - RATE_WITHIN)
    waiting = Q(state__in=[State.DRAFT, State.CORRECTION, State.DELIVERING])
    found = list(cases_of(citizen).filter(waiting | lately).order_by("-updated_at")[:50])
    urgency = [State.CORRECTION, State.DELIVERING, State.DRAFT, State.CONCLUDED]
    return sorted(found, key=lambda case: urgency.index(State(case.state)))


def case_for_citizen(
    actor: Actor, citizen: Citizen, public_id: str, *, rows: QuerySet[Case] | None = None
) -> Case:
    """The citizen's own case, read as ``rows`` reads it or with its sealed parts unread. Raises CaseNotFound; reaching
    for another person's is audited."""
    rows = Case.objects.defer(*SEALED) if rows is None else rows
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise errors.CaseNotFound
    if found.citizen_id != citizen.pk:
        subject = f"case:{found.number or found.public_id}"
        raise errors.CaseNotFound(attempt=lambda: record_refusal(actor, "case.foreign", subject=subject))
    return found


def whole(case: Case) -> Case:
    """``case`` with everything that its page shows: a fixed number of queries, whatever it holds."""
    return (
        Case.objects.select_related(
            "department", "citizen", "correction", "result__licence", "result__licence__file"
        )
        .prefetch_related(materials(), "pauses", "extensions", "steps", "correction__items")
        .get(pk=case.pk)
    )


def materials() -> Prefetch[str]:
    """With their files, the first one first."""
    files = CaseFile.objects.select_related("file").order_by("id")
    return Prefetch("materials", CaseMaterial.objects.prefetch_related(Prefetch("files", files)))


def completed(case: Case) -> Case:
    """``case`` of :func:`known`, with what else its citizen's page shows. What cannot be there yet is not asked for."""
    happened = {
        "steps": case.submitted_at,
        "pauses": paused(case),
        "extensions": case.accepted_at,
        "correction__items": case.corrected,
        "result__licence": case.decided_at,
    }
    prefetch_related_objects([case], materials(), *(name for name, there in happened.items() if there))
    return case


def file_for_citizen(case: Case, file_id: str) -> CaseFile:
    """Raises FileNotFound."""
    found = case.files.select_related("file").filter(public_id=file_id).first()
    if found is None:
        raise errors.FileNotFound
    return found
