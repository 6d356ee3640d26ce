"""Branching and what answers may be: tables and properties."""

from typing import Any

import pytest
from consultations.factories import CONTENT, VALUES
from hypothesis import given
from hypothesis import strategies as st

from zhijian.consultations.rules import answers as rules
from zhijian.consultations.spec import Content, Question

FORM = Content.model_validate(CONTENT)


def wrong(**changes: Any) -> set[str]:
    values = {key: value for key, value in (VALUES | changes).items() if value is not ...}
    return {fault.path.removeprefix("/answers/") for fault in rules.faults(FORM, values)}


@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({}, set()),
        ({"q1": "no", "q2": ...}, set()),
        ({"q1": "no"}, {"q2"}),  # hidden and answered
        ({"q2": ...}, {"q2"}),  # shown and required
        ({"q1": ..., "q2": ...}, {"q1"}),
        ({"q1": "maybe", "q2": ...}, {"q1"}),
        ({"q1": ["yes"]}, {"q1"}),
        ({"q1": True, "q2": ...}, {"q1"}),
        ({"q2": ["home", "home"]}, {"q2"}),
        ({"q2": ["home", "shed", "street"]}, {"q2"}),
        ({"q2": ["mars"]}, {"q2"}),
        ({"q2": "home"}, {"q2"}),
        ({"q2": [{"home": 1}]}, {"q2"}),
        ({"q3": 0}, {"q3"}),
        ({"q3": 6}, {"q3"}),
        ({"q3": True}, {"q3"}),
        ({"q3": 3.5}, {"q3"}),
        ({"q3": "4"}, {"q3"}),
        ({"q4": {"safe": "high"}}, {"q4"}),
        ({"q4": {"safe": "high", "cheap": "high", "more": "low"}}, {"q4"}),
        ({"q4": {"safe": "high", "cheap": "none"}}, {"q4"}),
        ({"q4": ["high"]}, {"q4"}),
        ({"q5": "多装一些充电柜"}, set()),
        ({"q5": "长" * 101}, {"q5"}),
        ({"q5": 5}, {"q5"}),
        ({"q5": "\u200b \x00"}, {"q5"}),
        ({"q9": "x"}, {"/answers"}),
    ],
)
def test_what_may_be_answered(changes: dict[str, Any], faulty: set[str]) -> None:
    assert wrong(**changes) == faulty


@pytest.mark.parametrize(
    ("comments", "codes"),
    [
        ([("c1", "同意")], []),
        ([("", "总体不错"), ("c2", "赞成")], []),
        ([("c9", "同意")], ["unknown"]),
        ([("q1", "同意")], ["unknown"]),
        ([("c1", "同意"), ("c1", "再同意")], ["repeated"]),
        ([("c1", "  ")], ["required"]),
        ([("c1", "长" * 2001)], ["too_long"]),
        ([("c1", "x")] * 61, ["too_many"]),
    ],
)
def test_what_may_be_commented(comments: list[tuple[str, str]], codes: list[str]) -> None:
    assert [fault.code for fault in rules.comment_faults(FORM, comments)] == codes


def test_choices_and_free_words_go_separate_ways() -> None:
    values = VALUES | {"q5": " 多装\x07充电柜\n谢谢 "}
    assert rules.choices(FORM, values) == VALUES
    assert rules.texts(FORM, values) == {"q5": "多装充电柜\n谢谢"}


@st.composite
def forms(draw: st.DrawFn) -> Content:
    """Single choices, each perhaps depending on earlier ones."""
    questions: list[Question] = []
    for number in range(draw(st.integers(1, 7))):
        options = [{"key": key, "label": key} for key in "abc"[: draw(st.integers(2, 3))]]
        conditions = []
        if questions:
            for earlier in draw(st.lists(st.sampled_from(questions), max_size=2, unique_by=lambda q: q.key)):
                wanted = draw(st.lists(st.sampled_from(earlier.choices), min_size=1, unique=True))
                conditions.append({"question": earlier.key, "any_of": wanted})
        spec = {"key": f"q{number}", "title": "题", "options": options, "show_if": conditions}
        questions.append(Question.model_validate(spec | {"required": draw(st.booleans())}))
    return Content(questions=questions)


@given(forms(), st.data())
def test_who_answers_just_what_is_asked_is_never_refused(form: Content, data: st.DataObject) -> None:
    values: dict[str, str] = {}
    while missing := [one for one in rules.asked(form, values) if one.key not in values]:
        values[missing[0].key] = data.draw(st.sampled_from(missing[0].choices))
        reachable = {one.key for one in rules.asked(form, values)}
        values = {key: value for key, value in values.items() if key in reachable}
    assert rules.faults(form, values) == []


@given(forms(), st.dictionaries(st.sampled_from([f"q{n}" for n in range(8)]), st.sampled_from("abcd")))
def test_accepted_answers_hold_nothing_hidden_unknown_or_missing(
    form: Content, values: dict[str, str]
) -> None:
    if rules.faults(form, values):
        return
    asked = {one.key: one for one in rules.asked(form, values)}
    assert values.keys() <= asked.keys()
    assert all(value in asked[key].choices for key, value in values.items())
    assert all(key in values for key, question in asked.items() if question.required)
    # A hidden question's conditions really fail.
    for question in form.questions:
        if question.key not in asked:
            assert any(
                values.get(condition.question) not in condition.any_of for condition in question.show_if
            )


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.floats(allow_nan=False),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
            ),
        ),
        max_size=6,
    )
)
def test_rubbish_is_answered_with_faults_never_with_an_error(values: dict[str, Any]) -> None:
    assert rules.faults(FORM, values)
    assert isinstance(rules.faults(FORM, VALUES | values), list)
