"""Likeness, places, wording, limits of sending, rates: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.geo import Point
from zhijian.core.words import tidy
from zhijian.tickets.rules import receipts
from zhijian.tickets.rules.figures import Counts, rates, share
from zhijian.tickets.rules.limits import PER_SENDER, wait
from zhijian.tickets.rules.places import coarse
from zhijian.tickets.rules.similarity import RADIUS, is_duplicate, jaccard, plain, score
from zhijian.tickets.rules.wording import fill, unknown_variables


def test_likeness_of_words_and_places() -> None:
    assert jaccard([1, 2, 3], [2, 3, 4]) == 0.5
    assert jaccard([], [1]) == 0
    assert is_duplicate(0.2, 50)
    assert not is_duplicate(0.15, None)
    assert not is_duplicate(0.9, RADIUS + 1)
    assert is_duplicate(0.5, None)
    assert score(0.3, 0) > score(0.3, 200) > score(0.3, None)


def test_the_same_text_in_other_clothes() -> None:
    assert plain("路灯 坏了！ＡＢＣ") == plain("路灯坏了abc。")


def test_coarse_places_are_a_hundred_metres_wide() -> None:
    assert coarse(Point(31.05237, 112.31187)) == Point(31.052, 112.312)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # text stays text; screens escape it
        ("a\u202eb\u200bc", "abc"),
        ("  \x00x\r\ny ", "x\ny"),
    ],
)
def test_tidy_takes_out_what_nobody_sees(given_text: str, kept: str) -> None:
    assert tidy(given_text) == kept


def test_templates_fill_what_they_know() -> None:
    assert fill("您好，{编号}由{部门}办理", {"编号": "SQ1", "部门": "城管局"}) == "您好，SQ1由城管局办理"
    assert fill("{办结期限}前", {"办结期限": ""}) == "{办结期限}前"
    assert unknown_variables("{编号}{手机}{}") == ["手机", ""]


@given(st.lists(st.floats(0, 90_000), max_size=30))
def test_after_waiting_one_more_fits(times: list[float]) -> None:
    moment = 90_000.0
    seconds = wait([(rate, times) for rate in PER_SENDER], moment)
    assert wait([(rate, times) for rate in PER_SENDER], moment + seconds) == 0


def test_the_fourth_in_ten_minutes_waits() -> None:
    rate = PER_SENDER[0]
    assert wait([(rate, [0, 10])], 20) == 0
    assert 500 < wait([(rate, [0, 10, 15])], 20) <= 600


def test_rates_count_only_who_was_asked() -> None:
    found = rates(
        Counts(
            received=10, due_for_contact=8, contacted_in_time=6, answered=5, answered_in_time=4, asked_resolved=3,
            resolved=2, asked_satisfied=4, satisfied=3, reopened=1, ever_answered=5,
        )
    )  # fmt: skip
    assert (found.response, found.in_time, found.resolution, found.satisfaction, found.reopening) == (
        75.0, 80.0, 66.7, 75.0, 20.0,
    )  # fmt: skip
    assert share(0, 0) is None


def test_receipts_are_read_as_people_copy_them() -> None:
    code = "ABCD2345EFGH6789"
    assert receipts.shown(code) == "ABCD-2345-EFGH-6789"
    assert receipts.receipt_hash(" abcd-2345 efgh-6789") == receipts.receipt_hash(code)
