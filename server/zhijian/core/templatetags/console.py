"""What console templates ask for: icons, the navigation of this person, dates as people say them."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import constants
from django.http import HttpRequest
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhijian.core import clock, console, counting, dates
from zhijian.core.console_session import state_of
from zhijian.core.zone import CHINA

register = template.Library()
_KINDS = {constants.SUCCESS: "success", constants.WARNING: "warning", constants.ERROR: "error"}
_KIND_ICONS = {
    "success": "circle-check",
    "warning": "triangle-alert",
    "error": "octagon-alert",
    "info": "info",
}


@cache
def _icons() -> str:
    """A page shows dozens, and the address is the same as long as the process lives."""
    return static("console/icons.svg")


@register.simple_tag
def glyph(name: str, label: str = "") -> SafeString:
    """An icon of ``static/console/icons.svg``; decoration unless ``label`` says what it means."""
    source = _icons()
    if label:
        return format_html(
            '<svg class="zj-icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            source,
            name,
        )
    return format_html('<svg class="zj-icon" aria-hidden="true"><use href="{}#{}"></use></svg>', source, name)


@register.inclusion_tag("console/parts/navigation.html", takes_context=True)
def console_navigation(context: RequestContext) -> dict[str, Any]:
    request: HttpRequest = context["request"]
    links = console.links_for(request.user)
    return {"links": links, "here": console.current(links, request.path)} | city()


@register.inclusion_tag("console/parts/bar.html", takes_context=True)
def console_bar(context: RequestContext) -> dict[str, Any]:
    request: HttpRequest = context["request"]
    return {
        "request": request,
        "user": request.user,
        "place": str(getattr(request.user, "department", "") or ""),
        "posts": console.registry.posts_of(request.user),
        "finder": console.finder_for(request.user),
        "query": request.GET.get("q", ""),
    }


@register.inclusion_tag("console/parts/session.html", takes_context=True)
def console_session(context: RequestContext) -> dict[str, Any]:
    request: HttpRequest = context["request"]
    return state_of(request)


@register.simple_tag
def city() -> dict[str, Any]:
    """Whose platform this is, which version, and whether it is the demo."""
    return {
        "city": settings.CITY_NAME,
        "demo": settings.DEMO,
        "hotline": settings.CITY_HOTLINE,
        "version": settings.VERSION,
    }


@register.filter
def kind_of(message: Any) -> str:
    """A message's level as the class of its notice."""
    return _KINDS.get(message.level, "info")


@register.filter
def kind_icon(kind: str) -> str:
    return _KIND_ICONS[kind]


@register.filter
def day(value: date | datetime | None) -> str:
    """``12月3日（周四）``, with the year when it isn't this one."""
    if value is None:
        return ""
    local = clock.local_date(value) if isinstance(value, datetime) else value
    return dates.weekday_date(local, this_year=clock.today().year)


@register.filter
def moment(value: datetime | None) -> str:
    """``12月3日 14:05``, with the year when it isn't this one."""
    if value is None:
        return ""
    year = value.astimezone(CHINA).year
    return ("" if year == clock.today().year else f"{year}年") + dates.time_of_day(value)


@register.filter
def money(value: Any) -> str:
    return "" if value in (None, "") else f"¥{float(value):.2f}"


@register.filter
def figure(count: int) -> str:
    """How much waits, in words: ``999+`` beyond what is counted."""
    return counting.words(count)


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """``mapping[key]`` in a template, or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None
