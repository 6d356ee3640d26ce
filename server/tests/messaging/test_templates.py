"""Templates: what ships is sound, rendering is plain substitution, rewording is checked."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.factories import CitizenFactory
from messaging.factories import tell

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.messaging import errors
from zhijian.messaging.actions.templates import restore, reword
from zhijian.messaging.models import Rewording
from zhijian.messaging.queries.templates import shipped, template, templates
from zhijian.messaging.rules.templates import (
    Misfit,
    Template,
    Variable,
    WechatForm,
    Wording,
    examples,
    faults,
    render,
)

PLAIN = Template(
    code="x",
    name="试验",
    purpose="case_progress",
    why={"zh": "试验", "en": "Trial"},
    variables={"a": Variable("text", "甲", "例")},
    wording={"zh": Wording("题{a}", "文{a}"), "en": Wording("T {a}", "B {a}")},
)


@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_shipped_template_is_sound_and_can_be_previewed(code: str) -> None:
    found = shipped()[code]
    assert faults(found) == []
    for language in ("zh", "en"):
        rendered = render(found, examples(found), language)
        assert "{" not in rendered.title + rendered.body
        assert set(rendered.outside) == set(found.channels)
    assert found.why["zh"]
    assert found.why["en"]


@pytest.mark.parametrize("code", sorted(code for code, one in shipped().items() if one.wechat))
def test_wechat_forms_are_registered_in_the_sandbox(code: str) -> None:
    from sandbox.wechat import TEMPLATES

    form = shipped()[code].wechat
    assert form is not None
    assert set(form.fields) == set(TEMPLATES[form.template_id])


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("text", "甲", "甲", "甲"),
        ("words", {"zh": "甲", "en": "A"}, "甲", "A"),
        ("words", {"zh": "甲", "en": ""}, "甲", "甲"),
        ("date", date(2026, 12, 3), "2026年12月3日（周四）", "Thu 3 Dec 2026"),
        ("date", datetime(2026, 12, 2, 17, tzinfo=UTC), "2026年12月3日（周四）", "Thu 3 Dec 2026"),
        (
            "moment",
            datetime(2026, 12, 2, 17, 5, tzinfo=UTC),
            "2026年12月3日（周四） 01:05",
            "Thu 3 Dec 2026 01:05",
        ),
        ("number", 0, "0", "0"),
        ("money", Decimal("20"), "¥20.00", "¥20.00"),
    ],
)
def test_kinds_of_variables(kind: Any, value: Any, zh: str, en: str) -> None:
    typed = replace(PLAIN, variables={"a": Variable(kind, "甲", value)})
    assert render(typed, {"a": value}, "zh").title == f"题{zh}"
    assert render(typed, {"a": value}, "en").title == f"T {en}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 1),
        ("text", b"x"),
        ("words", "甲"),
        ("words", {"zh": 1, "en": 1}),
        ("date", "2026-12-03"),
        ("moment", date(2026, 12, 3)),
        ("number", True),
        ("number", "3"),
        ("money", 1.5),
    ],
)
def test_values_of_another_kind(kind: Any, value: Any) -> None:
    typed = replace(PLAIN, variables={"a": Variable(kind, "甲", value)})
    with pytest.raises(Misfit) as misfit:
        render(typed, {"a": value}, "zh")
    assert (misfit.value.name, misfit.value.fault) == ("a", "type")


@given(st.text())
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    assert render(PLAIN, {"a": value}, "zh").title == f"题{value}"


@pytest.mark.parametrize("value", ["{a}", "{0.__class__}", "%(a)s", "{{a}}", "${a}"])
def test_attempts_at_code_stay_text(value: str) -> None:
    assert render(PLAIN, {"a": value}, "zh").body == f"文{value}"


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"purpose": "spam"}, ["/purpose"]),
        ({"wording": {"zh": PLAIN.wording["zh"]}}, ["/en"]),
        ({"wording": PLAIN.wording | {"zh": Wording("", "文")}}, ["/zh/title"]),
        ({"wording": PLAIN.wording | {"zh": Wording("题", " ")}}, ["/zh/body"]),
        ({"wording": PLAIN.wording | {"zh": Wording("题" * 41, "文")}}, ["/zh/title"]),
        ({"wording": PLAIN.wording | {"zh": Wording("题{b}", "文")}}, ["/zh/title"]),
        ({"wording": PLAIN.wording | {"zh": Wording("题{a", "文")}}, ["/zh/title"]),
        ({"wording": PLAIN.wording | {"zh": Wording("题{a.b}", "文")}}, ["/zh/title"]),
        ({"wording": PLAIN.wording | {"en": Wording("T", "B", "{c}")}}, ["/en/sms"]),
        ({"wechat": WechatForm("T1", {"thing1": "{b}"})}, ["/wechat/thing1"]),
        ({"wechat": WechatForm("T1", {"evil": "x"})}, ["/wechat/evil"]),
    ],
)
def test_faults_are_named(changes: dict[str, Any], paths: list[str]) -> None:
    assert [fault.path for fault in faults(replace(PLAIN, **changes))] == paths


OWN = {
    "zh": {"title": "办好啦", "body": "{item}已办结。", "sms": ""},
    "en": {"title": "Done", "body": "{item} is done.", "sms": ""},
}


@pytest.mark.django_db
def test_a_city_words_it_its_own_way_and_goes_back() -> None:
    citizen = CitizenFactory()
    reword(SYSTEM, code="case.concluded", wording=OWN)
    assert tell(citizen).title == "办好啦"
    assert template("case.concluded").wechat == shipped()["case.concluded"].wechat
    assert {one.code for one, own in templates() if own} == {"case.concluded"}
    restore(SYSTEM, code="case.concluded")
    assert tell(citizen, key="2").title == "您的事办好了"
    actions = list(
        AuditEntry.objects.filter(subject="template:case.concluded").values_list("action", flat=True)
    )
    assert actions == ["message.template", "message.template_restored"]


@pytest.mark.django_db
def test_wrong_words_change_nothing() -> None:
    wrong = OWN | {"zh": {"title": "{name}，办好啦", "body": "", "sms": ""}}
    with pytest.raises(errors.TemplateWrong) as refusal:
        reword(SYSTEM, code="case.concluded", wording=wrong)
    assert [fault.path for fault in refusal.value.fields] == ["/zh/body", "/zh/title"]
    with pytest.raises(errors.TemplateUnknown):
        reword(SYSTEM, code="nothing", wording=OWN)
    assert not Rewording.objects.exists()
