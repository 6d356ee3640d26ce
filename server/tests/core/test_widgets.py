"""What is drawn without Django's templates is what they would draw."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from zhijian.core.widgets import _OWN, Renderer

CHOICES = [("", "请选择"), ("a", "甲<乙>"), ("组 & 部", [(1, "一"), (2, SafeString("<b>二</b>"))])]
AWKWARD = ["", None, '甲 & "乙" <丙>\'', 12, SafeString("a&amp;b"), "两\n行"]
ATTRS: list[dict[str, Any]] = [
    {},
    {"id": "id_x", "required": True, "disabled": False, "maxlength": 40, "data-x": '"<&'},
]
WIDGETS = [
    forms.TextInput(),
    forms.HiddenInput(),
    forms.NumberInput(),
    forms.URLInput(),
    forms.DateInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
    forms.PasswordInput(render_value=True),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("attrs", ATTRS, ids=["bare", "attributes"])
@pytest.mark.parametrize("value", AWKWARD, ids=repr)
def test_a_field_is_drawn_as_django_draws_it(widget: forms.Widget, attrs: dict[str, Any], value: Any) -> None:
    drawn = widget.render("名<字>", value, attrs, renderer=Renderer())
    assert drawn == widget.render("名<字>", value, attrs, renderer=DjangoTemplates())
    assert isinstance(drawn, SafeString)


def test_every_template_that_is_passed_by_is_compared() -> None:
    compared = {getattr(widget, "template_name", "") for widget in WIDGETS}
    missing = set(_OWN) - compared
    assert {re.sub(r".*/", "", name) for name in missing} == {"input.html"}  # the others' common part
