"""Case numbers: readable, unlike each other, and wrong when mistyped."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhijian.core.numbers import code
from zhijian.core.serials import compose, plausible

DAY = date(2026, 11, 22)


def test_shape() -> None:
    number = compose(prefix="YZ", day=DAY, item_code="990100ga-0042", sequence=17)
    assert number[:-1] == "YZ202611220042000017"
    assert plausible(number)


@pytest.mark.parametrize("written", ["yz20261122 0042 000017{}", "YZ20261122-0042-000017-{}"])
def test_people_may_write_it_as_they_like(written: str) -> None:
    number = compose(prefix="YZ", day=DAY, item_code="0042", sequence=17)
    assert code(written.format(number[-1])) == number


@pytest.mark.parametrize("text", ["", "abc", "YZ2026", "YZ20261122004200001", "办件" * 10])
def test_what_is_no_number(text: str) -> None:
    assert not plausible(text)


@given(st.integers(1, 999999), st.integers(1, 999999))
def test_another_sequence_is_another_number(first: int, second: int) -> None:
    assume(first != second)
    numbers = {compose(prefix="YZ", day=DAY, item_code="0042", sequence=n) for n in (first, second)}
    assert len(numbers) == 2


@given(st.integers(1, 999999), st.integers(0, 19), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_wrong_character_is_found(sequence: int, place: int, wrong: str) -> None:
    number = compose(prefix="YZ", day=DAY, item_code="0042", sequence=sequence)
    assume(number[place] != wrong)
    assert not plausible(number[:place] + wrong + number[place + 1 :])
