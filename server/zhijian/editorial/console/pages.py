"""The reviewer's list, one draft against what people read, and the pages that end a text or take it back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from zhijian.core.errors import Problem
from zhijian.editorial.actions import Editorial
from zhijian.editorial.console.menu import Way
from zhijian.editorial.queries import decidable, returned, state_of, waiting_since
from zhijian.editorial.rules import Refusal, State
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.rules import Post

_WHY_NOT = {
    Refusal.OWN_DRAFT: "这份草稿由您编写或提交，请由其他审核员审核。",
    Refusal.SAME_REVIEWER: "第一步由您审核，这一步请由另一位审核员审核。",
    Refusal.NOT_YOURS: "这一步由其他岗位审核。",
    Refusal.WRONG_STATE: "这份草稿现在不在审核中。",
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the pages call a text (``title`` on the reviewer's list) and do to it. ``ending`` is the verb of its end, ``follows`` what follows from that
    and ``ended`` what is said afterwards (the text's name goes before it); ``reader`` says who reads the reason."""

    title: str
    noun: str
    measure: str
    name: str
    detail: str
    in_force: str
    same: str
    ending: str
    follows: str
    reader: str
    ended: str


@dataclass(frozen=True, kw_only=True)
class Pages:
    """The pages of a kind of text. ``key`` begins the names of their addresses, ``base`` the addresses, ``end`` names
    the address of its end; ``namespace`` is the editor's.

    ``lead`` says whose and what a text is, ``detail`` what the list shows beside its name. ``version`` is what people
    read, ``compare`` gives ``changes`` against it (and more, which the template ``compared`` shows); ``ways`` are the
    domain's own buttons under the form, ``look`` the name and label of its page that shows a draft.
    """

    desk: Editorial[Any]
    key: str
    base: str
    end: str
    namespace: str
    words: Words
    lead: Callable[[Any], str]
    detail: Callable[[Any], str]
    version: Callable[[Any], Any]
    compare: Callable[[Any, Any], dict[str, Any]]
    compared: str = ""
    ways: Callable[[Any], list[Way]] = lambda row: []
    look: tuple[str, str] = ("", "")

    def urls(self) -> list[URLPattern]:
        door = requires(self.desk.writer, Post.REVIEWER)
        return [
            path(f"{self.base}/review/", door(self.waiting), name=f"{self.key}_reviews"),
            path(f"{self.base}/review/<int:pk>/", door(self.review), name=f"{self.key}_review"),
            path(f"{self.base}/{self.end}/<int:pk>/", door(self.ending), name=f"{self.key}_{self.end}"),
            path(f"{self.base}/take-back/<int:pk>/", door(self.take_back), name=f"{self.key}_take_back"),
        ]

    def decidable(self, staff: Any) -> list[Any]:
        """Drafts that this reviewer can decide now."""
        return decidable(self.desk.rows(staff), staff)

    def returned(self, staff: Any) -> QuerySet[Any]:
        """Drafts that were sent back to the departments of this writer."""
        return returned(self.desk.rows(staff), staff)

    def waiting(self, request: HttpRequest) -> HttpResponse:
        """The reviewer's list."""
        staff = staff_of(request)
        rows = [
            {
                "row": row,
                "url": reverse(f"{self.key}_review", args=[row.pk]),
                "detail": self.detail(row),
                "state": self.desk.label(State(row.state)),
                "since": waiting_since(row),
            }
            for row in self.decidable(staff)
        ]
        context = {"rows": rows, "words": self.words, "list": reverse(f"{self.namespace}:list")}
        return render(request, "editorial/reviews.html", context)

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft against the version that people read; approve, or send back with a reason."""
        row = self.desk.one(staff_of(request), pk)
        if request.method == "POST":
            try:
                return self._decide(request, row)
            except Problem as refused:
                return self._review(request, row, refused)
        return self._review(request, row)

    def _review(self, request: HttpRequest, row: Any, problem: Problem | None = None) -> HttpResponse:
        refusal = self.desk.may_decide(row, staff_of(request))
        name, label = self.look
        context = self._compared(row) | {
            "lead": f"{self.lead(row)} · {self.desk.label(state_of(row))}",
            "may": refusal is None,
            "why_not": _WHY_NOT[refusal] if refusal else "",
            "comment": request.POST.get("comment", ""),
            "seen": row.latest_revision_id,
            "compared": self.compared,
            "look": {"url": reverse(name, args=[row.pk]), "label": label} if name else None,
        }
        return self._page(request, "editorial/review.html", row, context, problem)

    def _compared(self, row: Any) -> dict[str, Any]:
        draft, version = row.get_latest_revision_as_object(), self.version(row)
        try:
            found = self.compare(version, draft)
            return found | {"version": version, "faults": self.desk.faults(draft, False)}
        except self.desk.invalid as unfit:
            return {"version": version, "faults": unfit.fields}

    def _decide(self, request: HttpRequest, row: Any) -> HttpResponse:
        actor, comment = staff_of(request).actor_as(Post.REVIEWER), request.POST.get("comment", "")
        seen = request.POST.get("seen", "")
        if request.POST.get("do") == "approve":
            row = self.desk.approve(actor, row, comment=comment, seen=seen)
            messages.success(request, f"已通过“{row}”，现在是：{self.desk.label(state_of(row))}")
        else:
            self.desk.reject(actor, row, reason=comment, seen=seen)
            messages.success(request, f"已将“{row}”退回修改")
        return redirect(f"{self.key}_reviews")

    def ending(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End what is published, with a reason."""
        staff, problem = staff_of(request), None
        row = self.desk.one(staff, pk)
        reason = request.POST.get("reason", "")
        if request.method == "POST":
            try:
                self.desk.end(staff.actor, row, reason=reason)
            except Problem as refused:
                problem = refused
            else:
                messages.success(request, f"已{self.words.ending}“{row}”，{self.words.ended}")
                return redirect(f"{self.namespace}:list")
        context = {"may": self.desk.may_end(row, staff) is None, "reason": reason}
        return self._page(request, "editorial/end.html", row, context, problem)

    def take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An approved draft that waits for its day, taken back: Wagtail's own button needs a right that nobody has."""
        staff, problem = staff_of(request), None
        row = self.desk.one(staff, pk)
        if request.method == "POST":
            try:
                self.desk.take_back(staff.actor, row)
            except Problem as refused:
                problem = refused
            else:
                messages.success(request, f"已取消“{row}”的待发布，可以继续修改")
                return redirect(f"{self.namespace}:edit", row.pk)
        context = {"may": self.may_unschedule(row, staff)}
        return self._page(request, "editorial/take_back.html", row, context, problem)

    def may_unschedule(self, row: Any, staff: Any) -> bool:
        return state_of(row) == State.SCHEDULED and self.desk.may_take_back(row, staff) is None

    def _page(
        self, request: HttpRequest, template: str, row: Any, context: dict[str, Any], problem: Problem | None
    ) -> HttpResponse:
        shared = {
            "row": row,
            "words": self.words,
            "problem": problem,
            "edit": reverse(f"{self.namespace}:edit", args=[row.pk]),
            "list": reverse(f"{self.namespace}:list"),
        }
        return render(request, template, shared | context, status=problem.status if problem else 200)
