"""Filters and pages of a list, as query strings."""

import pytest
from django.http import QueryDict

from zhijian.workbench.acting import number
from zhijian.workbench.listing import chips, pages

FILTERS = [("全部", "", "all"), ("我的", "desk=mine", "mine"), ("红灯", "light=red", "")]


@pytest.mark.parametrize(
    ("asked", "current"),
    [
        ("", ["全部"]),
        ("desk=mine", ["我的"]),
        ("desk=mine&cursor=x", ["我的"]),
        ("desk=mine&light=red", []),
        ("desk=mine&q=路灯", []),
        ("q=路灯", []),
    ],
)
def test_which_filter_is_in_force(asked: str, current: list[str]) -> None:
    shown = chips("/x/", FILTERS, QueryDict(asked), names=("desk", "light"), known={"all": 7, "mine": 2})
    assert [chip.label for chip in shown if chip.current] == current
    assert [(chip.url, chip.count) for chip in shown] == [
        ("/x/", 7),
        ("/x/?desk=mine", 2),
        ("/x/?light=red", None),
    ]


def test_a_default_is_in_force_until_somebody_chooses() -> None:
    shown = chips("/x/", FILTERS, QueryDict(""), names=("desk",), default="desk=mine")
    assert [chip.label for chip in shown if chip.current] == ["我的"]


@pytest.mark.parametrize(
    ("asked", "following", "expected"),
    [
        ("", None, ("", "", "/x/")),
        ("", "n", ("/x/?cursor=n", "", "/x/")),
        ("desk=mine&cursor=a", "n", ("/x/?desk=mine&cursor=n", "/x/?desk=mine", "/x/?desk=mine&cursor=a")),
        ("cursor=a", None, ("", "/x/", "/x/?cursor=a")),
    ],
)
def test_addresses_of_pages(asked: str, following: str | None, expected: tuple[str, str, str]) -> None:
    found = pages("/x/", QueryDict(asked), following)
    assert (found["next_url"], found["first_url"], found["here"]) == expected


@pytest.mark.parametrize(
    ("text", "digits", "expected"),
    [
        ("12", 3, 12),
        ("1000", 3, 0),
        ("1000", 4, 1000),
        ("-1", 3, 0),
        ("１２", 3, 0),
        ("", 3, 0),
        (None, 3, 0),
    ],
)
def test_numbers_of_a_form(text: str | None, digits: int, expected: int) -> None:
    assert number(text, digits=digits) == expected
