"""All consultations of one's departments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhijian.consultations.models import Consultation
from zhijian.consultations.queries import staff as queries
from zhijian.consultations.rules.states import Phase, State, phase
from zhijian.core.clock import now
from zhijian.organizations.access import may, requires, staff_of
from zhijian.organizations.rules import Post
from zhijian.workbench.listing import chips, pages

_TAGS = {
    Phase.OPEN: "success",
    Phase.CLOSED: "warning",
    Phase.UPCOMING: "primary",
    Phase.ANSWERED: "",
    Phase.WITHDRAWN: "",
}
_CHIPS = [("全部", "", "")] + [
    (str(state.label), f"state={state.value}", "") for state in State if state is not State.DISCARDED
]


@require_GET
@requires(*queries.POSTS)
def listed(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    state = request.GET.get("state", "")
    page = queries.listed(staff, state=state, cursor=request.GET.get("cursor"))
    address = reverse("consultations")
    context = {
        "rows": [{"row": row, "state": words_of(row), "tag": tag_of(row)} for row in page.items],
        "chips": chips(address, _CHIPS, request.GET, names=("state",)),
        **pages(address, request.GET, page.next_cursor),
        "may_write": may(staff, Post.EDITOR),
    }
    return render(request, "consultations/list.html", context)


def words_of(row: Consultation) -> str:
    """The state as staff read it: for what is out, how time has it."""
    if row.state == State.PUBLISHED:
        return str(phase(row.state, row.opens_at, row.closes_at, now()).label)
    return str(State(row.state).label)


def tag_of(row: Consultation) -> str:
    if row.state in (State.REVIEWING, State.FEEDBACK_REVIEWING):
        return "warning"
    return _TAGS.get(phase(row.state, row.opens_at, row.closes_at, now()), "")
