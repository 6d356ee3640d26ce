"""How forms draw their fields. An editor's page has hundreds of inputs, and Django asks three templates for each."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class Renderer(DjangoTemplates):
    """Django's own markup: plain inputs, text areas and selects written here, the rest by its templates."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        if own := _OWN.get(template_name):
            return own(context["widget"])
        return super().render(template_name, dict(context), request)


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attrs(widget["attrs"])
    )


def _textarea(widget: Widget) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        _attrs(widget["attrs"]),
        widget["value"] or "",
    )


def _select(widget: Widget) -> SafeString:
    groups = ((name, SafeString("".join(map(_option, options)))) for name, options, _ in widget["optgroups"])
    return format_html(
        '<select name="{}"{}>{}\n</select>',
        widget["name"],
        _attrs(widget["attrs"]),
        SafeString("".join(_group(*group) for group in groups)),
    )


def _group(name: str | None, options: SafeString) -> SafeString:
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, options) if name else options


def _option(widget: Widget) -> SafeString:
    attrs = _attrs(widget["attrs"])
    return format_html('\n  <option value="{}"{}>{}</option>\n', widget["value"], attrs, widget["label"])


def _attrs(attrs: Mapping[str, Any]) -> SafeString:
    return SafeString(
        "".join(
            f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(value)}"')
            for name, value in attrs.items()
            if value is not False
        )
    )


_INPUTS = ("input", "text", "hidden", "number", "url", "date", "checkbox")
_OWN = {
    f"django/forms/widgets/{name}.html": draw
    for name, draw in {**dict.fromkeys(_INPUTS, _input), "textarea": _textarea, "select": _select}.items()
}
