"""Columns and form fields made from the typed specification, so that title, length and choices are said once."""

import types
from typing import Any, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from zhijian.catalog.form_spec import Spec

# Titles of the fields for which GB/T 39046 has no name of its own.
_TITLES = {
    "code": "代码",
    "name": "名称",
    "name_en": "英文名称",
    "summary_en": "英文适用说明",
    "law": "法律法规名称",
    "article": "条款",
    "text": "条文内容",
    "detail": "步骤说明",
    "days": "所需时间",
    "hall": "大厅",
    "counters": "窗口",
}


def column(spec: type[Spec], name: str) -> Any:
    """The Django column of one scalar or list field of ``spec``."""
    info = spec.model_fields[name]
    options: dict[str, Any] = {"verbose_name": title(spec, name)}
    if info.description:
        options["help_text"] = info.description
    kind, nullable = _bare(info.annotation)
    if not info.is_required():
        options |= {"blank": True, "default": info.get_default(call_default_factory=False)}
    if get_origin(kind) is list:
        return _list_column(kind, options)
    if nullable:
        options["null"] = True
    return _scalar_column(kind, info, options)


def title(spec: type[Spec], name: str) -> str:
    return spec.model_fields[name].title or _TITLES[name]


def _bare(annotation: Any) -> tuple[Any, bool]:
    """Without ``| None``, and whether it had it."""
    if get_origin(annotation) in {Union, types.UnionType}:
        inner = [part for part in get_args(annotation) if part is not type(None)]
        return inner[0], True
    return annotation, False


def _list_column(kind: Any, options: dict[str, Any]) -> Any:
    options["default"] = list
    inner = get_args(kind)[0]
    if isinstance(inner, type) and issubclass(inner, models.TextChoices):
        return ChosenField(choices_class=inner, **options)
    return LinesField(**options)


def _scalar_column(kind: Any, info: FieldInfo, options: dict[str, Any]) -> Any:
    if issubclass(kind, models.TextChoices):
        return models.CharField(max_length=20, choices=kind.choices, **options)
    if kind is bool:
        return models.BooleanField(**options)
    if kind is int:
        return models.PositiveIntegerField(validators=_bounds(info), **options)
    if kind is str:
        longest = _max_length(info)
        if longest > 200:
            return models.TextField(max_length=longest, **options)
        return models.CharField(max_length=longest, validators=_patterns(info), **options)
    return _other_column(kind.__name__, options)


def _other_column(kind: str, options: dict[str, Any]) -> Any:
    if kind == "Decimal":
        return models.DecimalField(max_digits=10, decimal_places=2, **options)
    return models.DateField(**options)


def _max_length(info: FieldInfo) -> int:
    for rule in info.metadata:
        if isinstance(rule, StringConstraints) and rule.max_length:
            return rule.max_length
        if isinstance(rule, MaxLen):
            return rule.max_length
    return 40


def _patterns(info: FieldInfo) -> list[Any]:
    return [
        RegexValidator(rule.pattern, "请用小写字母开头，只含小写字母、数字和下划线")
        for rule in info.metadata
        if isinstance(rule, StringConstraints) and rule.pattern
    ]


def _bounds(info: FieldInfo) -> list[Any]:
    made: list[Any] = []
    for rule in info.metadata:
        if isinstance(rule, Ge):
            made.append(MinValueValidator(rule.ge))
        elif isinstance(rule, Le):
            made.append(MaxValueValidator(rule.le))
    return made


class LinesField(models.JSONField):
    """A list of texts; edited as one a line."""

    def formfield(self, **kwargs: Any) -> Any:
        return LinesFormField(
            required=not self.blank, label=self.verbose_name, help_text=self.help_text or "每行一条"
        )


class ChosenField(models.JSONField):
    """A list of codes of one code list; edited as check boxes."""

    def __init__(
        self, *args: Any, choices_class: type[models.TextChoices] | None = None, **kwargs: Any
    ) -> None:
        self.choices_class = choices_class
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        assert self.choices_class is not None
        return ChosenFormField(
            choices=self.choices_class.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


class ChosenFormField(forms.MultipleChoiceField):
    def clean(self, value: Any) -> list[str]:
        return list(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


class LinesFormField(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))
