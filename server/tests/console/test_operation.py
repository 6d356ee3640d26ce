"""今日工作 tells the system administrators, and nobody else, what is about to stop."""

from pathlib import Path

import pytest
from cases.factories import make_office
from django.test import Client
from organizations.factories import StaffFactory
from pdf.test_certificates import PASSWORD, Made, p12

from zhijian.core.files import upkeep
from zhijian.core.installation import installation
from zhijian.core.models import Installation
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
HEAD = "系统运行，请尽快处理"


@pytest.fixture
def page(client: Client) -> object:
    def read(post: Post = Post.SYSTEM_ADMIN) -> str:
        client.force_login(StaffFactory(department=make_office().department, posts=[post]))
        return client.get("/console/").content.decode()

    return read


def test_nothing_is_said_while_all_is_well(page) -> None:  # type: ignore[no-untyped-def]
    assert HEAD not in page()


@pytest.mark.parametrize(("days", "words"), [(59, "天到期"), (-1, "已经过期"), (61, "")])
def test_a_certificate_that_ends_is_told(  # type: ignore[no-untyped-def]
    page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, words: str
) -> None:
    monkeypatch.setenv("SIGNING_PKCS12", str(p12(tmp_path, Made(valid_from=-100, valid_to=days + 1))))
    monkeypatch.setenv("SIGNING_PKCS12_PASSWORD", PASSWORD)
    if days < 0:
        monkeypatch.setenv("SIGNING_PKCS12", str(p12(tmp_path, Made(valid_from=-100, valid_to=days))))
    shown = page()
    assert (HEAD in shown) is bool(words)
    assert words in shown


@pytest.mark.parametrize("reason", upkeep.REFUSALS)
def test_a_refused_sweep_is_told(page, reason: str) -> None:  # type: ignore[no-untyped-def]
    installation()
    Installation.objects.update(sweep={"refused": reason})
    assert upkeep.REFUSALS[reason] in page()
    Installation.objects.update(sweep={"refused": ""})


def test_others_are_not_alarmed(page) -> None:  # type: ignore[no-untyped-def]
    installation()
    Installation.objects.update(sweep={"refused": upkeep.FOREIGN})
    assert HEAD not in page(Post.WINDOW_OFFICER)
