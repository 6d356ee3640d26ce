"""Templates 消息模板: wording with declared, typed places. Plain ``{name}`` substitution, nothing is ever executed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from zhijian.core.dates import weekday_date, weekday_date_en
from zhijian.core.errors import FieldError
from zhijian.core.zone import CHINA
from zhijian.messaging.rules import wechat
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.purposes import PURPOSES

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
Kind: TypeAlias = Literal["text", "words", "date", "moment", "number", "money"]
MAX_TITLE, MAX_BODY, MAX_SMS = 40, 1000, 200
_PLACE = re.compile(r"\{([a-z][a-z_]*)\}")


class Misfit(ValueError):
    """Variables that a template does not take: ``name`` and what is wrong with it."""

    def __init__(self, name: str, fault: Literal["missing", "unknown", "type"]) -> None:
        super().__init__(f"{name}: {fault}")
        self.name = name
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Variable:
    """``words`` is text in both languages: {"zh": …, "en": …}. ``example`` is what previews show."""

    kind: Kind
    label: str
    example: Any


@dataclass(frozen=True, slots=True)
class Wording:
    """``sms`` follows the title in a short message; empty: this is not sent by SMS."""

    title: str
    body: str
    sms: str = ""


@dataclass(frozen=True, slots=True)
class WechatForm:
    """The template as registered with WeChat; ``fields`` fill its places and may hold ours."""

    template_id: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    code: str
    name: str
    purpose: str
    why: Mapping[Language, str]
    variables: Mapping[str, Variable]
    wording: Mapping[Language, Wording]
    wechat: WechatForm | None = None
    urgent: bool = False

    @property
    def channels(self) -> list[Channel]:
        """The outside channels that this template has words for."""
        found = [Channel.WECHAT] if self.wechat else []
        return [*found, Channel.SMS] if self.wording["zh"].sms else found


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one person is told. ``outside`` holds each other channel's ready content."""

    title: str
    body: str
    outside: dict[str, dict[str, Any]] = field(default_factory=dict)


def render(template: Template, variables: Mapping[str, Any], language: Language) -> Rendered:
    """Raises Misfit for a variable that is missing, unknown or of the wrong kind."""
    values = _values(template, variables, language)
    wording = template.wording[language]
    title = fill(wording.title, values)
    outside: dict[str, dict[str, Any]] = {}
    if wording.sms:
        outside[Channel.SMS] = {"title": title, "words": fill(wording.sms, values)}
    if template.wechat:
        chinese = _values(template, variables, "zh")
        fields = template.wechat.fields.items()
        outside[Channel.WECHAT] = {
            "template_id": template.wechat.template_id,
            "data": {name: wechat.clip(name, fill(text, chinese)) for name, text in fields},
        }
    return Rendered(title, fill(wording.body, values), outside)


def examples(template: Template) -> dict[str, Any]:
    """Variables for a preview."""
    return {name: _example(variable) for name, variable in template.variables.items()}


def fill(text: str, values: Mapping[str, str]) -> str:
    """One pass: braces within a value stay what they are."""
    return _PLACE.sub(lambda match: values[match[1]], text)


def places(text: str) -> set[str]:
    return set(_PLACE.findall(text))


def faults(template: Template) -> list[FieldError]:
    """Everything that is wrong with a template, whoever wrote it; empty if it can be used."""
    found = [] if template.purpose in PURPOSES else [FieldError("/purpose", "unknown", "消息用途不存在")]
    for language in LANGUAGES:
        wording = template.wording.get(language)
        if wording is None:
            found.append(FieldError(f"/{language}", "missing", "中文和英文都要填写"))
            continue
        found += _wording_faults(wording, language, template.variables)
    if template.wechat:
        for name, text in template.wechat.fields.items():
            path = f"/wechat/{name}"
            if not wechat.is_field(name):
                found.append(FieldError(path, "field", f"{name} 不是微信模板的字段"))
            found += _text_faults(text, path, MAX_SMS, template.variables)
    return found


def _wording_faults(wording: Wording, language: str, variables: Mapping[str, Variable]) -> list[FieldError]:
    parts = (
        ("title", wording.title, MAX_TITLE),
        ("body", wording.body, MAX_BODY),
        ("sms", wording.sms, MAX_SMS),
    )
    if language == "en":  # the same words take more letters
        parts = tuple((name, text, limit * 3) for name, text, limit in parts)  # type: ignore[assignment]
    found = [
        FieldError(f"/{language}/{name}", "required", "请填写标题和正文")
        for name, text, _ in parts[:2]
        if not text.strip()
    ]
    for name, text, limit in parts:
        found += _text_faults(text, f"/{language}/{name}", limit, variables)
    return found


def _text_faults(text: str, path: str, limit: int, variables: Mapping[str, Variable]) -> list[FieldError]:
    found = []
    if len(text) > limit:
        found.append(FieldError(path, "too_long", f"最多{limit}个字，请缩短"))
    for name in sorted(places(text) - set(variables)):
        found.append(FieldError(path, "unknown_variable", f"没有名为 {name} 的变量"))
    if set(_PLACE.sub("", text)) & set("{}"):
        found.append(FieldError(path, "brace", "变量请写成 {名称}，花括号不能单独使用"))
    return found


def _values(template: Template, given: Mapping[str, Any], language: Language) -> dict[str, str]:
    for name in sorted(set(given) - set(template.variables)):
        raise Misfit(name, "unknown")
    values = {}
    for name, variable in template.variables.items():
        if name not in given or given[name] is None:
            raise Misfit(name, "missing")
        try:
            values[name] = _SPEAK[variable.kind](given[name], language)
        except (TypeError, KeyError, AttributeError) as error:
            raise Misfit(name, "type") from error
    return values


def _text(value: Any, language: Language) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _words(value: Any, language: Language) -> str:
    return _text(value[language] or value["zh"], language)


def _day(value: Any, language: Language) -> str:
    """``12月3日（周四）`` and ``Thu 3 Dec``; always with the year, as a message is read long after."""
    if isinstance(value, datetime):
        value = value.astimezone(CHINA).date()
    if not isinstance(value, date):
        raise TypeError
    return (weekday_date_en if language == "en" else weekday_date)(value, this_year=0)


def _moment(value: Any, language: Language) -> str:
    if not isinstance(value, datetime):
        raise TypeError
    return f"{_day(value, language)} {value.astimezone(CHINA):%H:%M}"


def _number(value: Any, language: Language) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError
    return str(value)


def _money(value: Any, language: Language) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError
    return f"¥{value:.2f}"


_SPEAK: dict[Kind, Callable[[Any, Language], str]] = {
    "text": _text,
    "words": _words,
    "date": _day,
    "moment": _moment,
    "number": _number,
    "money": _money,
}


def _example(variable: Variable) -> Any:
    if variable.kind == "date":
        return date.fromisoformat(variable.example)
    if variable.kind == "moment":
        return datetime.fromisoformat(variable.example)
    return variable.example
