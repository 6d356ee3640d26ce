"""Posts and opening hours: tables of what goes together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.organizations import rules
from zhijian.organizations.rules import ADMIN_POSTS, Post

posts = st.sampled_from(list(Post))


@pytest.mark.parametrize("wanted", sorted(ADMIN_POSTS))
@pytest.mark.parametrize("held", list(Post))
def test_an_administrator_holds_one_post_only(held: Post, wanted: Post) -> None:
    assert (rules.forbidden_with({held}, wanted) is None) == (held == wanted)


@pytest.mark.parametrize("held", [post for post in Post if post not in ADMIN_POSTS])
@pytest.mark.parametrize("wanted", [post for post in Post if post not in ADMIN_POSTS])
def test_business_posts_go_together(held: Post, wanted: Post) -> None:
    assert rules.forbidden_with({held}, wanted) is None


@given(held=st.sets(posts), wanted=posts)
def test_no_order_of_granting_mixes_administrators(held: set[Post], wanted: Post) -> None:
    if rules.forbidden_with(held, wanted) is None:
        together = held | {wanted}
        fresh = not (held & ADMIN_POSTS and len(held) > 1)  # held was lawful before
        assert not fresh or not (together & ADMIN_POSTS) or len(together) == 1


def test_whoever_has_no_post_has_no_permission() -> None:
    assert rules.permissions_of([]) == frozenset()


@pytest.mark.parametrize(
    ("post", "may_publish", "may_add"),
    [
        (Post.ITEM_MANAGER, False, True),
        (Post.REVIEWER, True, False),
        (Post.CASE_OFFICER, False, False),
        (Post.AUDIT_ADMIN, False, False),
    ],
)
def test_permissions_follow_the_post(post: Post, may_publish: bool, may_add: bool) -> None:
    granted = rules.permissions_of([post])
    assert rules.CONSOLE_ACCESS in granted
    assert ("catalog.publish_serviceitem" in granted) == may_publish
    assert ("catalog.add_serviceitem" in granted) == may_add


@pytest.mark.parametrize(
    ("post", "may_publish", "may_add"),
    [(Post.EDITOR, False, True), (Post.REVIEWER, True, False), (Post.OPERATOR, False, False)],
)
def test_writers_write_and_reviewers_publish(post: Post, may_publish: bool, may_add: bool) -> None:
    granted = rules.permissions_of([post])
    assert ("content.publish_article" in granted) == may_publish
    assert ("content.add_article" in granted) == may_add


def test_every_post_has_a_chinese_word() -> None:
    assert all(not rules.label(post).isascii() for post in Post)
    assert rules.label("stranger") == "stranger"


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ({"days": "1-5", "from": "09:00", "to": "12:00"}, None),
        ({"days": "6,7", "from": "00:00", "to": "23:59"}, None),
        ({"days": "0-5", "from": "09:00", "to": "12:00"}, "星期"),
        ({"days": "周一", "from": "09:00", "to": "12:00"}, "星期"),
        ({"days": "", "from": "09:00", "to": "12:00"}, "星期"),
        ({"from": "09:00", "to": "12:00"}, "星期"),
        ({"days": "1", "from": "9:00", "to": "12:00"}, "时间"),
        ({"days": "1", "from": "09:00", "to": "24:00"}, "时间"),
        ({"days": "1", "from": "12:00", "to": "12:00"}, "晚于"),
        ({"days": "1", "from": "13:00", "to": "12:00"}, "晚于"),
    ],
)
def test_opening_hours(part: dict[str, str], fault: str | None) -> None:
    faults = rules.hours_faults([part])
    assert [fault in words for _, words in faults] == ([True] if fault else [])


def test_opening_hours_in_words() -> None:
    hours = [{"days": "1-5", "from": "09:00", "to": "12:00"}, {"days": "6,7", "from": "10:00", "to": "11:00"}]
    assert rules.hours_words(hours) == ["周一至周五 09:00–12:00", "周六、周日 10:00–11:00"]
