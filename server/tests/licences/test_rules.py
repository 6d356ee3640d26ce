"""Terms, states, numbers and masks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.licences import rules
from zhijian.licences.rules import Content, State

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 3, 1), 12, date(2026, 2, 28)),
        (date(2025, 3, 7), 12, date(2026, 3, 6)),
        (date(2025, 1, 31), 1, date(2025, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2025, 12, 31), 60, date(2030, 12, 30)),
        (date(2025, 11, 1), 2, date(2025, 12, 31)),
        (date(2025, 3, 7), 0, None),
    ],
)
def test_last_day(start: date, months: int, end: date | None) -> None:
    assert rules.last_day(start, months) == end


@given(DAYS, st.integers(1, 120))
def test_longer_terms_end_later_and_never_before_they_begin(start: date, months: int) -> None:
    end, longer = rules.last_day(start, months), rules.last_day(start, months + 1)
    assert end is not None
    assert longer is not None
    assert start < end < longer
    assert (end + timedelta(days=1)).day in {start.day, 28, 29, 30}


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        ("valid", date(2025, 3, 6), State.PENDING),
        ("valid", date(2025, 3, 7), State.VALID),
        ("valid", date(2026, 3, 6), State.VALID),
        ("valid", date(2026, 3, 7), State.EXPIRED),
        ("revoked", date(2025, 3, 8), State.REVOKED),
        ("revoked", date(2027, 3, 8), State.REVOKED),
    ],
)
def test_state(status: str, day: date, expected: State) -> None:
    assert rules.state(status, date(2025, 3, 7), date(2026, 3, 6), day) == expected


def test_licence_without_term_never_expires() -> None:
    assert rules.state("valid", date(2025, 3, 7), None, date(2099, 1, 1)) == State.VALID


def test_every_state_has_words_in_both_languages() -> None:
    assert set(rules.STATE_WORDS) == set(State)
    assert all(chinese and english.isascii() for chinese, english in rules.STATE_WORDS.values())


@given(st.text(max_size=40))
def test_masked_number_tells_at_most_four_characters(text: str) -> None:
    masked = rules.mask_number(text)
    assert len(masked) == len(text)
    assert set(masked[:-4]) <= {"*"}
    if 0 < len(text) <= 4:
        assert set(masked) == {"*"}


@given(st.sampled_from(["JZZ", "ZM", "PW"]), st.integers(2000, 2099), st.integers(1, 999_998))
def test_numbers_sort_as_they_were_given(prefix: str, year: int, sequence: int) -> None:
    first, second = rules.number(prefix, year, sequence), rules.number(prefix, year, sequence + 1)
    assert first < second
    assert first.startswith(f"{prefix}{year}")


def test_kinds_that_are_not_listed_are_printed_on_the_common_forms() -> None:
    assert rules.licence_type("residence_permit").template == "residence_permit"
    assert rules.licence_type("whatever").template == "certificate"
    assert rules.licence_type("whatever", approval=True).template == "approval"


def test_holder_comes_first_and_is_read_from_the_id_number() -> None:
    content = rules.with_holder(
        Content(facts=[("居住地址", "书院路18号")]), name="陈静", id_number="990102199003071241"
    )
    assert content.facts == (
        ("姓名", "陈静"),
        ("性别", "女"),
        ("出生日期", "1990年3月7日"),
        ("公民身份号码", "990102199003071241"),
        ("居住地址", "书院路18号"),
    )


def test_a_company_has_no_citizens_number() -> None:
    assert rules.with_holder(Content(), name="", id_number="").facts == ()


def test_facts_that_name_the_holder_stay_as_given() -> None:
    content = rules.with_holder(Content(facts=[("姓名", "清和小吃店")]), name="陈静", id_number="")
    assert content.facts == (("姓名", "清和小吃店"),)


def test_verification_address_carries_the_code() -> None:
    assert rules.verify_path("8k2m") == "/#/pages/verify/index?code=8k2m"
