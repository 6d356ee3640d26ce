"""From a button of the page to an action and back. The actions check; here nothing is decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from zhijian.core.console import wants_part
from zhijian.core.errors import Problem
from zhijian.organizations.access import staff_of
from zhijian.organizations.models import Staff

Row = TypeVar("Row")
Do = Callable[[Staff, Row, QueryDict], object]
"""Does it; a sentence that it returns is said, instead of that it was done."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An action that was refused: what was typed, and why not."""

    action: str
    data: QueryDict
    problem: Problem

    @property
    def typed(self) -> dict[str, Any]:
        """To be shown again."""
        return {name: self.data.get(name) for name in self.data if name != "csrfmiddlewaretoken"}


Show = Callable[[HttpRequest, Row, Tried | None], HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Bench(Generic[Row]):
    """How a domain's rows are worked on.

    ``find`` gives the row of a key in the scope of a member of staff, or raises ``not_found``. ``do`` are the actions
    that the page offers, with their words for people in ``labels``. ``show`` is the page, or the part of it that is
    exchanged, with what was tried. ``page`` and ``listing`` are the names of their addresses, which have a row's key,
    where there is more than one.
    """

    find: Callable[[Staff, str], Row]
    not_found: type[Problem]
    do: Mapping[Any, Do[Row]]
    show: Show[Row]
    page: str
    listing: str
    done: Mapping[Any, str] | None = None

    def one(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page as it is."""
        return self.show(request, self.find(staff_of(request), key), None)

    def act(self, request: HttpRequest, key: str, action: str) -> HttpResponse:
        """Do one action. A refusal comes back in place, with everything that was typed."""
        staff = staff_of(request)
        wanted = next((one for one in self.do if one == action), None)
        if wanted is None:
            raise Http404
        row = self.find(staff, key)
        try:
            said = self.do[wanted](staff, row, request.POST)
        except Problem as problem:
            return self.show(request, self.find(staff, key), Tried(action, request.POST, problem))
        if not isinstance(said, str):
            said = self.done[wanted] if self.done else f"已完成：{wanted.label}。"
        messages.success(request, said)
        return self._after(request, staff, key)

    def _after(self, request: HttpRequest, staff: Staff, key: str) -> HttpResponse:
        """What the page is now; who sent the row out of their own scope goes back to the list."""
        part = wants_part(request)
        try:
            row = self.find(staff, key)
        except self.not_found:
            if part:
                return HttpResponse(status=204, headers={"HX-Redirect": reverse(self.listing)})
            return redirect(self.listing)
        return self.show(request, row, None) if part else redirect(self.page, *([key] if key else []))


def with_words(action: Callable[..., object], row: str, *names: str) -> Do[Any]:
    """An action on ``row`` (the argument's name) whose other arguments are words of the same names in the form."""
    return lambda staff, held, data: action(
        staff.actor, **{row: held}, **{name: data.get(name, "") for name in names}
    )


def number(text: str | None, *, digits: int = 3) -> int:
    """0 for what isn't a number of so many digits: the action refuses it with its own words."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= digits else 0
