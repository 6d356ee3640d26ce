"""今日工作: the console's first page, made of the parts that the domains registered. The door is hung in config."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhijian.core import clock, console


def today(request: HttpRequest) -> HttpResponse:
    context = {
        "today": clock.today(),
        "cards": console.cards_for(request),
        "waiting": console.waiting_for(request.user),
    }
    return render(request, "console/today.html", context)
