"""Phases, content, moderation hints, figures."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from consultations.factories import CONTENT
from hypothesis import given
from hypothesis import strategies as st

from zhijian.consultations.rules import content as content_rules
from zhijian.consultations.rules.figures import results
from zhijian.consultations.rules.moderation import hints, plain
from zhijian.consultations.rules.states import Phase, State, phase
from zhijian.consultations.spec import Content

START = datetime(2026, 11, 1, tzinfo=UTC)
END = START + timedelta(days=30)


@pytest.mark.parametrize(
    ("state", "moment", "seen"),
    [
        (State.DRAFT, START, Phase.HIDDEN),
        (State.REVIEWING, START, Phase.HIDDEN),
        (State.DISCARDED, START, Phase.HIDDEN),
        (State.PUBLISHED, START - timedelta(seconds=1), Phase.UPCOMING),
        (State.PUBLISHED, START, Phase.OPEN),
        (State.PUBLISHED, END, Phase.OPEN),
        (State.PUBLISHED, END + timedelta(seconds=1), Phase.CLOSED),
        (State.FEEDBACK_REVIEWING, END + timedelta(days=1), Phase.CLOSED),
        (State.ANSWERED, START, Phase.ANSWERED),
        (State.WITHDRAWN, START, Phase.WITHDRAWN),
    ],
)
def test_phase_is_made_by_time_alone(state: str, moment: datetime, seen: Phase) -> None:
    assert phase(state, START, END, moment) is seen


@pytest.mark.parametrize(
    ("days", "enterprises", "warned"),
    [(30, True, False), (29, True, True), (7, True, True), (7, False, False)],
)
def test_short_period_is_warned_of(days: int, enterprises: bool, warned: bool) -> None:
    words = content_rules.short_period(START, START + timedelta(days=days), concerns_enterprises=enterprises)
    assert bool(words) == warned
    if warned:
        assert str(days) in words


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [(START, END, None), (None, END, "required"), (START, None, "required"), (END, START, "order")],
)
def test_period(opens: datetime | None, closes: datetime | None, code: str | None) -> None:
    fault = content_rules.period_fault(opens, closes)
    assert (fault.code if fault else None) == code


def with_question(**changes: Any) -> Content:
    first = CONTENT["questions"][0]
    plain_one = {"key": "x", "title": "题", "options": first["options"]}
    return Content.model_validate({"questions": [first, plain_one | changes]})


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"title": ""}, ["required"]),
        ({"options": [{"key": "a", "label": "一"}]}, ["required"]),
        ({"options": [{"key": "a", "label": "一"}, {"key": "b", "label": ""}]}, ["required"]),
        ({"options": [{"key": "a", "label": "一"}, {"key": "b", "label": "一"}]}, ["repeated"]),
        ({"options": [{"key": "a", "label": "一"}, {"key": "a", "label": "二"}]}, ["repeated"]),
        ({"key": "q1"}, ["repeated"]),
        ({"kind": "multiple", "choices_min": 3, "choices_max": 2}, ["bounds", "bounds"]),
        ({"kind": "matrix"}, ["required"]),
        ({"kind": "text", "options": []}, []),
        ({"show_if": [{"question": "q1", "any_of": ["yes"]}]}, []),
        ({"show_if": [{"question": "q1", "any_of": ["gone"]}]}, ["condition"]),
        ({"show_if": [{"question": "q1", "any_of": []}]}, ["condition"]),
        ({"show_if": [{"question": "x", "any_of": ["yes"]}]}, ["condition"]),
        ({"show_if": [{"question": "later", "any_of": ["yes"]}]}, ["condition"]),
    ],
)
def test_question_faults(changes: dict[str, Any], codes: list[str]) -> None:
    assert [fault.code for fault in content_rules.faults(with_question(**changes))] == codes


def test_nothing_to_comment_on_or_to_answer_is_no_consultation() -> None:
    assert [fault.code for fault in content_rules.faults(Content())] == ["required"]
    empty = Content.model_validate({"clauses": [{"key": "c1", "number": "第一条"}]})
    assert [fault.path for fault in content_rules.faults(empty)] == ["/clauses/c1"]
    assert content_rules.faults(Content.model_validate(CONTENT)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("多装充电柜", 0),
        ("打 19900001234 找我", 1),
        ("990102199001151234 是我的号", 1),
        ("看 https://example.org", 1),
        ("<script>alert(1)</script>", 1),
        ("订单 1990000123456789", 0),
    ],
)
def test_hints(text: str, count: int) -> None:
    assert len(hints(text)) == count


@given(st.text(max_size=40))
def test_plain_ignores_how_it_is_written(text: str) -> None:
    assert plain(f"  {text}！ ") == plain(text)
    assert plain(plain(text)) == plain(text)


def test_shares_and_means() -> None:
    counts = {
        ("q1", "", "yes"): 3, ("q1", "", "no"): 1,
        ("q2", "", "home"): 3, ("q2", "", "shed"): 2,
        ("q3", "", "5"): 1, ("q3", "", "2"): 1,
        ("q4", "safe", "high"): 3, ("q4", "safe", "low"): 1,
    }  # fmt: skip
    answered = {"q1": 4, "q2": 3, "q3": 2, "q4": 4, "q5": 1}
    found = {one.key: one for one in results(Content.model_validate(CONTENT), answered, counts)}
    assert [(bar.label, bar.count, bar.share) for bar in found["q1"].rows[0].bars] == [
        ("有", 3, 75.0),
        ("没有", 1, 25.0),
    ]
    assert [bar.share for bar in found["q2"].rows[0].bars] == [100.0, 66.7, 0.0]
    assert (found["q3"].rows[0].mean, found["q3"].rows[0].bars[4].label) == (3.5, "5分")
    safe, cheap = found["q4"].rows
    assert (safe.mean, safe.answered, cheap.mean, cheap.answered) == (1.75, 4, None, 0)
    assert (found["q5"].rows, found["q5"].answered) == ((), 1)


@given(st.lists(st.tuples(st.sampled_from(["q1", "q3"]), st.integers(0, 50)), max_size=6))
def test_a_single_choice_always_adds_up(pairs: list[tuple[str, int]]) -> None:
    yes, no = (sum(n for key, n in pairs if key == wanted) for wanted in ("q1", "q3"))
    counts = {("q1", "", "yes"): yes, ("q1", "", "no"): no}
    bars = results(Content.model_validate(CONTENT), {"q1": yes + no}, counts)[0].rows[0].bars
    assert sum(bar.count for bar in bars) == yes + no
    assert round(sum(bar.share for bar in bars)) == (100 if yes + no else 0)
