"""An approved draft that waits for its day, taken back with one button: Wagtail's own needs a right that nobody has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhijian.core.actor import Actor
from zhijian.core.errors import Problem


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What a domain says of it: the ``rows`` a person sees, whether one ``may`` be taken back by them, the action that
    does it, and the ``namespace`` of its list."""

    rows: Callable[[Any], QuerySet[Any]]
    may: Callable[[Any, Any], bool]
    cancel: Callable[[Actor, Any], object]
    namespace: str

    def __call__(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        row = get_object_or_404(self.rows(user), pk=pk)
        back = reverse(f"{self.namespace}:edit", args=[row.pk])
        problem: Problem | None = None
        if request.method == "POST":
            try:
                self.cancel(user.actor, row)
            except Problem as refused:
                problem = refused
            else:
                messages.success(request, f"已取消“{row}”的待发布，可以继续修改")
                return redirect(back)
        context = {"name": str(row), "may": self.may(row, user), "back": back, "problem": problem}
        status = problem.status if problem else 200
        return render(request, "editorial/take_back.html", context, status=status)
