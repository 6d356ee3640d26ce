"""The officer's queue: the most urgent first, saved filters, claim and hand over, alone or several at once."""

from dataclasses import asdict
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zhijian.cases.actions import desk
from zhijian.cases.console import doing, rows
from zhijian.cases.models import Case
from zhijian.cases.queries import desk as reading
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.queries.staff import QueueFilters, find, queue
from zhijian.cases.rules import table
from zhijian.cases.rules.states import State
from zhijian.core.console import wants_part
from zhijian.core.errors import Problem
from zhijian.core.numbers import code
from zhijian.core.pagination import Page
from zhijian.core.unreadable import shown_as_such
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import posts_of
from zhijian.workbench.listing import Chip, chips, pages

SIZE = 20
_MOST_AT_ONCE = 50


#: Label, query string, name of the count. Those without a count are always shown, as is what counts everybody's work;
#: an extension is asked of approvers only.
_CHIPS = (
    ("全部待办", "", "all"),
    ("我的", "desk=mine", "mine"),
    ("待认领", "desk=unclaimed", "unclaimed"),
    ("待批延期", "desk=extension", "extension"),
    ("已超期", "light=red", "red"),
    ("临期", "light=yellow", "yellow"),
    ("待受理", f"state={State.SUBMITTED}", ""),
    ("审查中", f"state={State.REVIEWING}", ""),
    ("待决定", f"state={State.DECIDING}", ""),
)
_EMPTY = {
    "mine": "您名下没有在办的办件，可以到“待认领”里认领。",
    "unclaimed": "没有待认领的办件。",
    "extension": "没有等您审批的延期申请。",
    "red": "没有超期的办件。",
    "yellow": "没有临期的办件。",
}


@requires(*HANDLING_POSTS)
def queue_page(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    words = request.GET.get("q", "").strip()
    if words and (case := _exactly(staff, words)):
        return redirect("cases_case", case.number)
    return _show(request, staff, request.GET, part=wants_part(request))


@require_POST
@requires(*HANDLING_POSTS)
def bulk(request: HttpRequest) -> HttpResponse:
    """Claim one (``claim``) or several (``do``), hand several over or take them over; each on its own, the rest goes on."""
    staff = staff_of(request)
    one = request.POST.get("claim")
    numbers = [one] if one else request.POST.getlist("number")[:_MOST_AT_ONCE]
    if not numbers:
        messages.warning(request, "请先勾选办件。")
    elif one or request.POST.get("do") == "claim":
        _each(request, staff, numbers, "认领", lambda case: desk.claim(staff.actor, case=case))
    else:
        _move(request, staff, numbers)
    back = _back(request)
    if wants_part(request):
        with shown_as_such():  # done is done: from here on somebody only looks
            return _show(request, staff, QueryDict(urlsplit(back).query), part=True)
    return redirect(back)


def _move(request: HttpRequest, staff: Staff, numbers: list[str]) -> None:
    """Hand over, or take over; ``holder:<number>`` says with whom the list showed each case."""
    data, why = request.POST, request.POST.get("reason", "")

    def seen(case: Case) -> str | None:
        return data.get(f"holder:{case.number}")

    if data.get("do") == "take_over":
        taking = lambda case: desk.take_over(staff.actor, case=case, reason=why, holder=seen(case))  # noqa: E731
        _each(request, staff, numbers, "接手", taking)
        return
    to = doing.receiver(data)
    giving = lambda case: desk.transfer(staff.actor, case=case, receiver=to, reason=why, holder=seen(case))  # noqa: E731
    _each(request, staff, numbers, "转办", giving)


def _each(request: HttpRequest, staff: Staff, numbers: list[str], verb: str, do: "doing.OnCase") -> None:
    done, refused = [], []
    for case in reading.numbered(staff, numbers):
        try:
            do(case)
            done.append(case.number)
        except Problem as problem:
            refused.append(f"{case.number}：{problem.detail or _first(problem)}")
    if done:
        messages.success(request, f"已{verb} {len(done)} 件。" if len(done) > 1 else f"已{verb} {done[0]}。")
    if refused:
        messages.error(request, f"{len(refused)} 件没有{verb}。" + "；".join(refused))
    if not done and not refused:
        messages.error(request, "这些办件不在您的办理范围内，请刷新后再试。")


def _first(problem: Problem) -> str:
    return problem.fields[0].message if problem.fields else problem.title


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe and wanted.startswith(reverse("cases_queue")) else reverse("cases_queue")


def _show(request: HttpRequest, staff: Staff, asked: QueryDict, *, part: bool) -> HttpResponse:
    page = _page(staff, asked)
    context = {
        "asked": {"q": asked.get("q", "").strip()},
        "chips": _chips(staff, asked),
        "rows": rows.rows(page.items, staff),
        **pages(reverse("cases_queue"), asked, page.next_cursor),
        "colleagues": reading.colleagues(staff),
        "empty_words": _EMPTY.get(
            asked.get("desk", "") or asked.get("light", ""), "现在没有需要办理的办件。"
        ),
        "oob": part,
    }
    return render(request, "cases/desk.html" if part else "cases/queue.html", context)


def _page(staff: Staff, asked: QueryDict) -> Page[Case]:
    words = asked.get("q", "").strip()
    if words and code(words).isascii():
        return Page(find(staff, words), None)
    filters = QueueFilters(
        desk=asked.get("desk", ""), state=asked.get("state", ""), light=asked.get("light", ""), words=words
    )
    return queue(staff, filters=filters, cursor=asked.get("cursor"), size=SIZE)


def _exactly(staff: Staff, words: str) -> Case | None:
    found = find(staff, words, size=2) if code(words).isascii() else []
    return found[0] if len(found) == 1 and found[0].number == code(words) else None


def _chips(staff: Staff, asked: QueryDict) -> list[Chip]:
    decides = bool(posts_of(staff) & table.EXTENSION_DESK)
    mine = [one for one in _CHIPS if one[2] != "extension" or decides]
    known = asdict(reading.counts(staff))
    return chips(reverse("cases_queue"), mine, asked, names=("desk", "state", "light"), known=known)
