"""The console's editor of clauses and questions."""

import re
from typing import Any

import pytest
from console.reading import visible
from consultations.factories import (
    CONTENT,
    Desk,
    drafted,
    submitted,
)
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from zhijian.consultations.console import form
from zhijian.consultations.models import Consultation
from zhijian.consultations.spec import Content
from zhijian.organizations.models import Staff

pytestmark = pytest.mark.django_db


_LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def logged_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client


def address(row: Consultation, screen: str = "") -> str:
    return f"/console/consultations/{row.public_id}/{screen}"


def strange(page: str) -> list[str]:
    return sorted(set(_LATIN.findall(visible(page))))


# The editor.


def typed(row: Consultation, **changes: Any) -> dict[str, Any]:
    """The form of ``row`` as a browser would send it."""
    data: dict[str, Any] = {
        name: getattr(row, name) for name in ("title", "summary", "background", "audience")
    }
    data |= {"opens_at": "2026-11-01T09:00", "closes_at": "2099-12-15T17:00", "do": "save"}
    content = row.content
    data["clause"] = [clause["key"] for clause in content["clauses"]]
    data["question"] = [question["key"] for question in content["questions"]]
    for clause in content["clauses"]:
        data |= {f"{clause['key']}-{name}": clause[name] for name in ("number", "title", "text")}
    for question in content["questions"]:
        key = question["key"]
        names = (
            "kind",
            "title",
            "hint",
            "low_label",
            "high_label",
            "choices_min",
            "choices_max",
            "points",
            "length_max",
        )
        data |= {f"{key}-{name}": question[name] for name in names}
        if question["required"]:
            data[f"{key}-required"] = "1"
        for name, options in (("option", question["options"]), ("row", question["rows"])):
            data[f"{key}-{name}"] = [option["key"] for option in options]
            data |= {f"{key}-{name}-{option['key']}": option["label"] for option in options}
        data[f"{key}-show"] = [
            f"{one['question']}={choice}" for one in question["show_if"] for choice in one["any_of"]
        ]
    return data | changes


def save(desk: Desk, row: Consultation, **changes: Any) -> Any:
    answer = logged_in(desk.editor).post(address(row, "edit/"), typed(row, **changes))
    row.refresh_from_db()
    return answer


def test_a_draft_is_begun(desk: Desk) -> None:
    client = logged_in(desk.editor)
    assert client.post("/console/consultations/new/", {"title": " "}).status_code == 422
    answer = client.post(
        "/console/consultations/new/", {"title": "征求意见", "department": desk.department.code}
    )
    row = Consultation.objects.get()
    assert answer["Location"] == address(row, "edit/")
    assert (row.title, row.department) == ("征求意见", desk.department)


def test_saving_what_is_shown_changes_nothing(desk: Desk) -> None:
    row = drafted(desk)
    before = row.content
    assert save(desk, row).status_code == 302
    assert row.content == before
    assert Content.model_validate(row.content) == Content.model_validate(CONTENT)


@pytest.mark.parametrize(
    ("do", "clauses", "questions"),
    [
        ("add_clause", ["c1", "c2", "c3"], ["q1", "q2", "q3", "q4", "q5"]),
        ("add_question:scale", ["c1", "c2"], ["q1", "q2", "q3", "q4", "q5", "q6"]),
        ("up:c2", ["c2", "c1"], ["q1", "q2", "q3", "q4", "q5"]),
        ("up:c1", ["c1", "c2"], ["q1", "q2", "q3", "q4", "q5"]),
        ("down:q1", ["c1", "c2"], ["q2", "q1", "q3", "q4", "q5"]),
        ("down:q5", ["c1", "c2"], ["q1", "q2", "q3", "q4", "q5"]),
        ("remove:c1", ["c2"], ["q1", "q2", "q3", "q4", "q5"]),
        ("remove:q1", ["c1", "c2"], ["q2", "q3", "q4", "q5"]),
        ("explode:q1", ["c1", "c2"], ["q1", "q2", "q3", "q4", "q5"]),
    ],
)
def test_parts_are_added_moved_and_removed(
    desk: Desk, do: str, clauses: list[str], questions: list[str]
) -> None:
    row = drafted(desk)
    assert save(desk, row, do=do).status_code == 302
    assert [clause["key"] for clause in row.content["clauses"]] == clauses
    assert [question["key"] for question in row.content["questions"]] == questions
    if do == "remove:q1":  # what depended on it is asked of all
        assert row.content["questions"][0]["show_if"] == []
    page = logged_in(desk.editor).get(address(row, "edit/"))
    assert page.status_code == 200
    assert strange(page.content.decode()) == []


def test_a_condition_on_what_now_comes_later_is_told(desk: Desk) -> None:
    row = drafted(desk)
    save(desk, row, do="down:q1")
    assert "显示条件只能引用前面的题" in logged_in(desk.editor).get(address(row, "edit/")).content.decode()


def test_options_keep_their_keys(desk: Desk) -> None:
    row = drafted(desk)
    changes = {"q1-option-yes": "有一辆", "q1-option-no": "", "q1-option-new": ["有两辆", ""]}
    save(desk, row, **changes)
    assert row.content["questions"][0]["options"] == [
        {"key": "yes", "label": "有一辆"},
        {"key": "o1", "label": "有两辆"},
    ]
    assert row.content["questions"][1]["show_if"] == [{"question": "q1", "any_of": ["yes"]}]


def test_what_cannot_be_saved_comes_back_as_typed(desk: Desk) -> None:
    row = drafted(desk)
    answer = save(desk, row, title="", background="已经写好的背景", closes_at="2020-01-01T00:00")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已经写好的背景" in page
    assert "请填写标题" in page
    assert "结束时间要晚于开始时间" in page
    assert row.title.startswith("云州市")


def test_short_time_is_warned_of_while_writing(desk: Desk) -> None:
    row = drafted(desk)
    save(desk, row, concerns_enterprises="1", opens_at="2099-01-01T00:00", closes_at="2099-01-09T00:00")
    assert "一般不少于30日，现在只有8日" in logged_in(desk.editor).get(address(row, "edit/")).content.decode()


def test_only_drafts_are_edited(desk: Desk) -> None:
    row = submitted(desk)
    assert logged_in(desk.editor).get(address(row, "edit/")).status_code == 302
    assert logged_in(desk.editor).post(address(row, "edit/"), typed(row, title="改")).status_code == 302
    row.refresh_from_db()
    assert row.title != "改"


@given(
    st.dictionaries(
        st.sampled_from(["clause", "question", "q1-kind", "q1-option", "q1-option-a", "q1-show", "do", "q1-points", "opens_at"]),
        st.lists(st.text(max_size=12), max_size=3),
        max_size=9,
    )
)  # fmt: skip
def test_no_form_breaks_the_reader(data: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    draft = form.from_post(query)
    assert draft.content is not None
