"""The item's form: rows and check boxes for most, checked JSON for situations and the application form."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as FormError
from pydantic import TypeAdapter, ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from zhijian.catalog.form_spec import FormSpec
from zhijian.catalog.models import Theme, ThemeKind
from zhijian.catalog.spec import Question
from zhijian.catalog.words import adapter_errors
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post

_THEMES = {
    "themes_person": ThemeKind.PERSON,
    "themes_legal": ThemeKind.LEGAL,
    "life_events": ThemeKind.LIFE_EVENT,
}


class JsonField(forms.CharField):
    """JSON of one shape, shown with indents; what is wrong is said with its line or its field."""

    def __init__(self, *, shape: Any, empty: Any, **options: Any) -> None:
        self._adapter, self._empty = TypeAdapter(shape), empty
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "zj-code"}),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        return json.dumps(self._empty if value is None else value, ensure_ascii=False, indent=2)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if text.strip() in {"", "null", "{}"}:
            return self._empty
        try:
            parsed = json.loads(text)
        except ValueError as error:
            line = getattr(error, "lineno", 1)
            raise FormError(f"第 {line} 行的格式不正确，请检查引号、逗号和括号") from error
        try:
            return self._adapter.dump_python(self._adapter.validate_python(parsed), mode="json")
        except ValidationError as error:
            raise FormError(adapter_errors(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except FormError:
            return True


class ItemForm(WagtailAdminModelForm):
    """What the editor shows and takes for an item."""

    questions = JsonField(
        shape=list[Question],
        empty=[],
        label="情形",
        help_text="最多三个问题；每个选项可以增加或减少材料，改变费用、大厅和承诺时限。",
    )
    form = JsonField(
        shape=FormSpec,
        empty={"pages": []},
        label="申请表单",
        help_text=(
            "分页填写的字段；重复组用 group，显示条件用 show_if 引用前面的字段。"
            "prefill 写 citizen.name 或 citizen.id_number 的是申请人本人的实名信息，填表时锁定，不能改成别人；"
            "孩子、配偶、就医人等其他人的姓名和身份证号不要写 prefill。citizen.phone 只是预填，可以改。"
            "手机和固定电话用 phone，身份证号用 id_number，统一社会信用代码用 credit_code，系统会核对。"
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, kind in _THEMES.items():
            if name in self.fields:
                self.fields[name] = _theme_field(
                    kind, self.fields[name].label, getattr(self.instance, name) or []
                )
        if "department" in self.fields and isinstance(self.for_user, Staff):
            scope = departments_in_scope(self.for_user, Post.ITEM_MANAGER)
            self.fields["department"].queryset = scope
            self.fields["department"].empty_label = "请选择"


def _theme_field(kind: ThemeKind, label: Any, present: list[str]) -> forms.MultipleChoiceField:
    names = list(Theme.objects.filter(kind=kind).values_list("name", flat=True))
    # A theme that was removed stays choosable for the item that has it: saving must not lose it unseen.
    choices = [(name, name) for name in dict.fromkeys([*names, *present])]
    return forms.MultipleChoiceField(
        choices=choices, required=False, label=label, widget=forms.CheckboxSelectMultiple
    )
