"""Our short templates of the editor's form draw what Wagtail's own draw; a new Wagtail that draws otherwise fails here."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import wagtail.admin
from catalog.factories import make_city, make_staff
from catalog.test_actions import _in_state
from django.template import Engine
from django.template.loader import get_template
from django.test import RequestFactory

from zhijian.catalog.console.editing import ItemViewSet
from zhijian.catalog.models import ServiceItem
from zhijian.organizations.rules import Post

THEIRS = Path(wagtail.admin.__file__).parent / "templates"
pytestmark = pytest.mark.django_db


def squeezed(html: str) -> str:
    """Without spaces that a browser does not show, which are all that differs."""
    return re.sub(r"\s*(<[^>]*?)\s*(>)\s*", r"\1\2", re.sub(r"\s+", " ", html)).strip()


def panels(bound: Any) -> Iterator[Any]:
    yield bound
    for child in [
        *getattr(bound, "children", []),
        *([bound.empty_child] if hasattr(bound, "empty_child") else []),
    ]:
        yield from panels(child)


@pytest.fixture
def bound() -> Any:
    people = {"manager": make_staff(Post.ITEM_MANAGER, make_city())}
    item = ServiceItem.objects.get(pk=_in_state("draft", people).pk)
    handler = ItemViewSet().get_edit_handler()
    request = RequestFactory().get("/")
    request.user = people["manager"]
    form = handler.get_form_class()(data={"name": ""}, instance=item, for_user=request.user)
    return handler.get_bound_panel(instance=item, request=request, form=form)


def theirs(name: str, context: dict[str, Any]) -> str:
    text = (THEIRS / name).read_text()
    return str(Engine.get_default().from_string(text).render(_plain(context)))


def _plain(context: dict[str, Any]) -> Any:
    from django.template import Context

    return Context(context)


@pytest.mark.parametrize("broken", [False, True])
def test_each_field_is_drawn_as_wagtail_draws_it(bound: Any, broken: bool) -> None:
    if broken:
        bound.form.is_valid()
    compared = 0
    for panel in panels(bound):
        if getattr(panel, "template_name", "") == "wagtailadmin/panels/field_panel.html":
            context = panel.get_context_data() | {"show_add_comment_button": False}
            name = "wagtailadmin/panels/field_panel.html"
            ours = get_template(name).render(context)
            assert squeezed(ours) == squeezed(theirs(name, context))
            name = "wagtailadmin/panels/multi_field_panel_child.html"
            ours = get_template(name).render({"child": panel})
            assert squeezed(ours) == squeezed(theirs(name, {"child": panel}))
            compared += 1
    assert compared > 60


@pytest.mark.parametrize(
    "context", [{}, {"title": "<标题>"}, {"wrapped": True, "title": "甲"}], ids=["bare", "title", "wrapped"]
)
def test_an_icon_is_drawn_as_wagtail_draws_it(context: dict[str, Any]) -> None:
    name = "wagtailadmin/shared/icon.html"
    given = {"name": "arrow-up", "classname": "icon", "title": None, "wrapped": False} | context
    assert squeezed(get_template(name).render(given)) == squeezed(theirs(name, given))
