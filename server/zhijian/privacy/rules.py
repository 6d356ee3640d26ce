"""What may be revealed, to which posts, and what a reason must be. Pure."""

from collections.abc import Collection

from zhijian.organizations.rules import Post

FIELDS = {"name": "姓名", "id_number": "身份证号", "phone": "手机号"}
REASON_MIN, REASON_MAX = 4, 200

POSTS = (
    Post.CASE_OFFICER,
    Post.APPROVER,
    Post.WINDOW_OFFICER,
    Post.TICKET_OFFICER,
    Post.TICKET_DISPATCHER,
)
"""Those who handle a person's business, in the order in which a look is put down to a post. Administrators,
editors and supervisors never need a citizen's clear data."""


def post_for(held: Collection[str]) -> Post | None:
    """The post under which a holder of ``held`` looks; None if none of them may."""
    return next((post for post in POSTS if post in held), None)


def reason_fault(reason: str) -> bool:
    """Whether ``reason`` is no reason: too short, too long, or the same character over and over."""
    return not REASON_MIN <= len(reason) <= REASON_MAX or len(set(reason)) < 2


def words(fields: Collection[str]) -> list[str]:
    return [FIELDS.get(field, field) for field in fields]
