"""The audit administrator's screen: what was done, and whether the chain is whole. The door is hung in config."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhijian.audit import queries
from zhijian.core import rooms
from zhijian.core.console import wants_part
from zhijian.core.numbers import code
from zhijian.core.pagination import paginate

SIZE = 50
OUTCOMES = {"": "全部结果", "done": "已完成", "refused": "被拒绝"}
KINDS = {"citizen": "申请人", "staff": "工作人员", "system": "系统"}
#: Chinese words for the names of events, as each domain has them in its ``words``.
EVENTS: dict[str, str] = {}
for room in rooms.of_domains("words"):
    EVENTS |= getattr(room, "AUDITED", {})
FILTERS = ("action", "subject", "actor_key", "outcome")


def entries(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip() for name in FILTERS}
    subject = asked["subject"]
    found = queries.entries(
        **(asked | {"subject": subject if not subject or ":" in subject else f"case:{code(subject)}"})
    )
    page = paginate(
        found.select_related("seal"),
        order=("-at", "-id"),
        cursor=request.GET.get("cursor"),
        size=SIZE,
    )
    context = {"page": page, "asked": asked, "outcomes": OUTCOMES, "kinds": KINDS, "events": EVENTS}
    part = wants_part(request, "entries")
    return render(request, "audit/rows.html" if part else "audit/entries.html", context)


def chain(request: HttpRequest) -> HttpResponse:
    """Recompute the chain; it reads every entry, so it is asked for by its own button."""
    context = {"state": queries.verify_chain()}
    return render(request, "audit/chain_state.html" if wants_part(request) else "audit/chain.html", context)
