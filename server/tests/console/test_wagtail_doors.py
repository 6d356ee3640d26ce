"""Every address that Wagtail brings along, for every post: no failure, and nothing but what the post works with."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from content.factories import make_offices, make_people, make_policy, make_spec
from django.test import Client
from django.urls import URLResolver, get_resolver
from organizations.factories import StaffFactory

from zhijian.content import actions
from zhijian.core.actor import SYSTEM
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
CHOOSERS = {
    f"console/snippets/choose/{kind}/{part}"
    for kind in ("content/article", "catalog/serviceitem")
    for part in ("", "results/")
}
#: What belongs to the shell, to one's own account or to one's own open editor.
ANYBODY = {
    "console/",
    "console/account/",
    "console/dismissibles/",
    "console/editing-sessions/release/<int:session_id>/",
    "console/jsi18n/",
    "console/login/",
    "console/sprite/",
}
WRITING = {Post.ITEM_MANAGER, Post.EDITOR, Post.REVIEWER}


def addresses(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        elif "wagtail" in getattr(one.callback, "__module__", "") and "logout" not in route:
            yield route


def person(*posts: Post) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(StaffFactory(posts=posts), backend="zhijian.organizations.backends.StaffBackend")
    return client


def allowed(post: Post) -> set[str]:
    texts = {"console/snippets/"} if post in WRITING else set()
    return ANYBODY | texts | (CHOOSERS if post == Post.EDITOR else set())


@pytest.mark.parametrize("post", list(Post))
def test_a_post_opens_what_it_works_with_and_nothing_else(post: Post) -> None:
    client, opened, failed = person(post), set(), []
    for route in addresses(get_resolver().url_patterns):
        filled = "/" + re.sub(r"<[^>]+>|\(\?P[^)]*\)", "1", route.replace("^", "").replace("$", ""))
        for method in (client.get, client.post):
            status = method(filled).status_code
            failed += [filled] if status >= 500 else []
            opened |= {route} if status < 300 else set()
    assert failed == []
    assert opened <= allowed(post)
    assert allowed(post) - opened <= {"console/login/"}


def test_an_editor_chooses_of_what_was_published() -> None:
    make_people(make_offices())
    policy = make_policy(title="居住证办法")
    draft = actions.save_draft(SYSTEM, spec=make_spec(kind="policy", title="还没发布的办法"))
    editor = person(Post.EDITOR)
    listed = editor.get("/console/snippets/choose/content/article/results/").content.decode()
    assert "居住证办法" in listed
    assert "还没发布的办法" not in listed
    chosen = "/console/snippets/choose/content/article/chosen/{}/"
    assert editor.get(chosen.format(policy.pk)).status_code == 200
    assert editor.get(chosen.format(draft.pk)).status_code == 404
    assert editor.get(chosen.format("x")).status_code == 404
    assert person(Post.CASE_OFFICER).get(chosen.format(policy.pk)).status_code == 403
