"""A city names itself: nothing but its settings says whose platform this is."""

import gzip
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cases.factories import make_world, submitted_case
from content.factories import make_offices, make_published
from django.conf import settings
from django.test import Client, override_settings
from pypdf import PdfReader

from config.preparing import prepare
from zhijian.cases.console.supervision import Bar
from zhijian.messaging.console import previews
from zhijian.messaging.queries.templates import template
from zhijian.publishing.models import PublishedDocument
from zhijian.tickets.queries.masked import masked

REPOSITORY = Path(__file__).resolve().parents[3]
#: Where programs lie; demo data, tests and papers about the project are elsewhere.
SOURCES = (
    "server/config",
    "server/zhijian",
    "server/templates",
    "server/static",
    "sandbox",
    "script",
    "miniapp/src",
)
DEFAULT = "server/config/env.py"  # the whole country's hotline, where a city names none
CITY = {
    "CITY_NAME": "别的市",
    "CITY_NAME_EN": "Elsewhere",
    "CITY_HOTLINE": "0999-5",
    "CITY_SERVICE_PHONE": "0999-6",
    "SMS_SIGNATURE": "【别的政务】",
}


def _sources() -> Iterator[Path]:
    for folder in SOURCES:
        for path in (REPOSITORY / folder).rglob("*"):
            if path.is_file() and path.suffix not in {".pyc", ".png", ".ico"}:
                yield path
    yield REPOSITORY / "miniapp" / "index.html"


def test_no_program_names_the_demo_city_or_a_hotline() -> None:
    city = json.loads((REPOSITORY / "demo" / "organizations.json").read_text())["city"]
    names = [city["name"].removesuffix("市"), city["name_en"]]
    said = re.compile("|".join([*names, rf"(?<![0-9A-Za-z.]){city['hotline']}(?![0-9A-Za-z.])"]))
    found = [str(path.relative_to(REPOSITORY)) for path in _sources() if said.search(path.read_text())]
    assert found == [DEFAULT]


def test_the_environment_names_the_city() -> None:
    code = f"from config import settings; print(*(getattr(settings, name) for name in {list(CITY)}))"
    given = {name: value for name, value in CITY.items() if name != "SMS_SIGNATURE"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | given, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == list(CITY.values())


@pytest.fixture
def elsewhere() -> Iterator[None]:
    with override_settings(**CITY):
        yield


def published(key: str, suffix: str = ".json") -> str:
    row = PublishedDocument.objects.get(key=key, suffix=suffix, current=True)
    return gzip.decompress(row.body).decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("elsewhere")
def test_papers_bear_the_citys_name_and_hotline(run_tasks: Callable[[], int]) -> None:
    case = submitted_case(make_world())
    run_tasks()
    pages = PdfReader(io.BytesIO(case.documents.get().file.read())).pages
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert "别的市政务服务·服务热线0999-5·" in words


@pytest.mark.django_db
def test_pages_feeds_and_the_apps_document_follow_a_new_name() -> None:
    make_offices()
    article = make_published(title="一篇通知")
    prepare()
    before = published(f"content/{article.public_id}", ".html")
    assert settings.CITY_NAME in before
    with override_settings(**CITY):
        prepare()
        page = published(f"content/{article.public_id}", ".html")
        assert "指尖别的市" in page
        assert "服务热线 0999-5" in page
        assert "<title>别的市信息发布</title>" in published("content/feed", ".xml")
        city = json.loads(published("city"))
        prepare()
    assert (city["name"], city["name_en"], city["hotline"]) == ("别的市", "Elsewhere", "0999-5")
    assert city["service_phone"] == "0999-6"
    assert PublishedDocument.objects.filter(key="city").count() == 2, "the same name again is no news"


@pytest.mark.django_db
@pytest.mark.usefixtures("elsewhere")
def test_messages_the_console_and_masking_know_the_name(client: Client) -> None:
    texts = [text for shown in previews.of_template(template("case.rejected")) for text in shown.lines]
    assert any(text.startswith("【别的政务】") for text in texts)
    assert "<b>指尖</b> 别的市" in client.get("/console/login/").content.decode()
    assert Bar("别的市公安局", "", 1, ()).short_name == "公安局"
    with override_settings(CITY_NAME="安平市"):  # begins with a family name
        assert masked("反映人安平市公安局") == "反映人安平市公安局"
