"""Stars, tags, dimensions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.ratings import rules

STARS = st.integers(1, 5)
CODES = [tag.code for tag in rules.TAGS]


def faults(**changes: object) -> set[str]:
    rating = {"stars": 5, "tags": [], "dimensions": {}, "comment": ""} | changes
    return {fault.path for fault in rules.faults(**rating)}  # type: ignore[arg-type]


def test_all_tags_of_the_standard_are_there_once_in_both_languages() -> None:
    expected = [f"{code}" for first, last in ((108, 115), (207, 214), (307, 314), (406, 413), (510, 517))
                for code in range(first, last + 1)]  # fmt: skip
    assert expected == CODES
    assert len({tag.label for tag in rules.TAGS}) == len({tag.label_en for tag in rules.TAGS}) == len(CODES)
    assert all(tag.label_en.isascii() and tag.label_en[0].isupper() for tag in rules.TAGS)


@given(STARS)
def test_tags_go_with_their_stars_only(stars: int) -> None:
    own = [tag.code for tag in rules.tags_for(stars)]
    assert len(own) == 8
    assert not faults(stars=stars, tags=own)
    for other in set(CODES) - set(own):
        assert faults(stars=stars, tags=[other]) == {"/tags"}


@given(STARS)
def test_satisfaction_runs_the_other_way_and_back(stars: int) -> None:
    assert rules.satisfaction(stars) in range(1, 6)
    assert rules.stars_of(rules.satisfaction(stars)) == stars
    assert (rules.satisfaction(5), rules.satisfaction(1)) == (1, 5)


@pytest.mark.parametrize(("stars", "poor"), [(1, True), (2, True), (3, False), (4, False), (5, False)])
def test_poor(stars: int, poor: bool) -> None:
    assert rules.is_poor(stars) == poor


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"stars": 0}, {"/stars"}),
        ({"stars": 6}, {"/stars"}),
        ({"tags": ["510", "510"]}, {"/tags"}),
        ({"tags": ["999"]}, {"/tags"}),
        ({"dimensions": {"overall": 5, "platform": 1}}, set()),
        ({"dimensions": {"overall": 0}}, {"/dimensions"}),
        ({"dimensions": {"colour": 3}}, {"/dimensions"}),
        ({"comment": "好" * 500}, set()),
        ({"comment": "好" * 501}, {"/comment"}),
        (
            {"stars": 9, "tags": ["510"], "dimensions": {"x": 1}, "comment": "x" * 999},
            {"/stars", "/tags", "/dimensions", "/comment"},
        ),
    ],
)
def test_faults_are_all_named(changes: dict[str, object], wrong: set[str]) -> None:
    assert faults(**changes) == wrong


@given(st.integers(-3, 9), st.lists(st.sampled_from(CODES), max_size=12), st.text(max_size=600))
def test_no_rating_passes_with_foreign_tags_or_stars(stars: int, tags: list[str], comment: str) -> None:
    if not faults(stars=stars, tags=tags, comment=comment):
        assert stars in rules.STARS
        assert {tag[0] for tag in tags} <= {str(stars)}
        assert len(comment) <= rules.MAX_COMMENT
