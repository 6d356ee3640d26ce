"""What people read: documents, pages, lists, feeds, files."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from catalog.factories import HallFactory
from catalog.factories import make_published as make_item
from content.factories import (
    document,
    make_media,
    make_offices,
    make_policy,
    make_published,
    make_spec,
    make_topic,
)

from zhijian.catalog.actions import ITEMS
from zhijian.content import actions
from zhijian.content.actions import ARTICLES, Plan
from zhijian.content.actions.compilation import compile_all
from zhijian.content.codes import Kind, MediaKind
from zhijian.content.models import Article
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.organizations.models import Department
from zhijian.publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db
ITEM = "990100000709002001"


@pytest.fixture(autouse=True)
def offices() -> dict[str, Department]:
    return make_offices()


@pytest.fixture
def item(offices: dict[str, Department]) -> Any:
    for code in ("city", "south"):
        HallFactory(code=code)
    return make_item().item


def test_a_document_says_everything(offices: dict[str, Department], item: Any) -> None:
    make_topic()
    body = f'<h2>怎么办</h2><p>在<a href="/items/{ITEM}">这里</a>办，2026年12月1日起。</p><p>【视频1】</p><p>【图1】</p><p>完。</p>'
    pictures = [make_media(offices["police"], alt=f"第{n}张") for n in (1, 2)]
    video = make_media(offices["police"], MediaKind.VIDEO, name="一分钟看懂")
    paper = make_media(offices["police"], MediaKind.DOCUMENT)
    article = make_published(
        body=body,
        audiences=["newcomer"],
        topics=["newcomer"],
        items=[{"code": ITEM, "change": "全程网办"}],
        media=[{"media": one.public_id, "caption": "注"} for one in (*pictures, video, paper)],
        effective_from="2026-12-01",
    )
    made = document(f"content/{article.public_id}")
    assert [part["type"] for part in made["parts"]] == ["html", "video", "image", "html", "image"]
    assert f'href="/#/pages/guide/index?code={ITEM}" data-item="{ITEM}"' in made["parts"][0]["html"]
    assert (made["parts"][2]["alt"], made["parts"][4]["alt"]) == ("第1张", "第2张")
    assert made["parts"][1]["transcript"] == "您好，今天讲居住证。\n不用再跑窗口。"
    assert made["parts"][1]["captions"].endswith(".vtt")
    assert made["attachments"][0]["src"].endswith(".pdf")
    assert made["read_aloud"].startswith("怎么办。\n在这里办，二零二六年十二月一日起。")
    assert made["audiences"] == [{"code": "newcomer", "label": "新市民"}]
    assert made["topics"] == [{"slug": "newcomer", "name": "新市民", "name_en": ""}]
    assert made["items"] == [{"code": ITEM, "name": "居住证申领", "change": "全程网办"}]
    assert document("content/by-item")["items"][ITEM][0]["change"] == "全程网办"
    assert document("content/index")["latest"][0]["image"]["alt"] == "第1张"


def test_an_items_withdrawal_changes_the_articles_that_name_it(item: Any, run_tasks: Any) -> None:
    article = make_published(items=[{"code": ITEM}])
    assert document(f"content/{article.public_id}")["items"]
    ITEMS.end(SYSTEM, item, reason="政策调整")
    run_tasks()
    assert document(f"content/{article.public_id}")["items"] == []


def test_policy_and_interpretation_name_each_other() -> None:
    policy = make_policy()
    assert document(f"content/{policy.public_id}")["interpretations"] == []
    explained = make_published(kind="interpretation", title="一图看懂", policy=policy.public_id)
    assert document(f"content/{policy.public_id}")["interpretations"][0]["id"] == explained.public_id
    assert document(f"content/{explained.public_id}")["policy"]["document_number"] == "云政办发〔2026〕3号"
    ARTICLES.end(SYSTEM, explained, reason="有误")
    assert document(f"content/{policy.public_id}")["interpretations"] == []


def test_a_new_version_is_compared_with_the_former_one() -> None:
    old = make_policy(body="<p>第一条　目的。</p><p>第二条　十个工作日办结。</p><p>第三条　收费二十元。</p>")
    new = make_policy(
        title="云州市居住证管理办法（修订）",
        document_number="云政办发〔2026〕31号",
        supersedes=old.public_id,
        effective_from="2026-12-01",
        audiences=["newcomer"],
        body="<p>第一条　目的。</p><p>第二条　五个工作日办结。</p><p>第四条　可以网上办理。</p>",
    )
    compared = document(f"content/{new.public_id}")["comparison"]
    assert compared["former"]["id"] == old.public_id
    assert (compared["for_whom"], compared["from_when"]) == (["新市民"], "2026-12-01")
    assert compared["counts"] == {"same": 1, "changed": 1, "added": 1, "removed": 1}
    changed = next(row for row in compared["rows"] if row["kind"] == "changed")
    assert ["delete", "十"] in changed["segments"]
    assert ["insert", "五"] in changed["segments"]
    assert document(f"content/{old.public_id}")["superseded_by"]["id"] == new.public_id
    page = document(f"content/{new.public_id}", ".html")
    assert "<del>十</del>" in page
    assert "这份文件已有新版本" in document(f"content/{old.public_id}", ".html")
    ARTICLES.end(SYSTEM, old, reason="有误")
    assert document(f"content/{new.public_id}")["comparison"] is None, "a revoked text is not quoted"


def test_a_page_is_read_without_scripts_and_shared(offices: dict[str, Department]) -> None:
    media = make_media(offices["police"])
    article = make_published(title='<b>"引号"</b>', media=[{"media": media.public_id}], title_en="Notice")
    html = document(f"content/{article.public_id}", ".html")
    page = BeautifulSoup(html, "html.parser")
    assert not page.find_all(["script", "iframe", "form", "style"])
    assert not [
        tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on") or name == "style"
    ]
    assert page.html is not None
    assert page.html["lang"] == "zh-Hans"
    assert [tag.get_text() for tag in page.find_all("h1")] == ['<b>"引号"</b>']
    english = page.find(lang="en")
    assert english is not None
    assert english.get_text() == "Notice"
    og = {tag["property"]: tag["content"] for tag in page.find_all("meta", property=True)}
    assert og["og:title"] == '<b>"引号"</b>'
    assert og["og:image"].endswith(f"/public/content/{article.public_id}.png")
    assert og["og:description"] == make_spec().plain_summary
    assert all(image.get("alt") for image in page.find_all("img"))
    assert page.find(id="elder") is not None
    assert document(f"content/{article.public_id}", ".png").startswith(b"\x89PNG")
    style = document("content/style", ".css")
    assert "--primary" in style
    assert not re.findall(
        r"#[0-9a-f]{3,6}", (Path(__file__).parents[2] / "static/content/page.css").read_text()
    )


def test_pinned_articles_come_first_in_their_order() -> None:
    for title, order in (("乙", 2), ("甲", 1)):
        draft = actions.save_draft(
            SYSTEM,
            spec=make_spec(title=title),
            plan=Plan(pinned=True, pinned_order=order, pinned_until=now().replace(year=2100)),
        )
        actions.publish(SYSTEM, article=draft)
    make_published(title="丙")
    index = document("content/index")
    assert [one["title"] for one in index["pinned"]] == ["甲", "乙"]
    assert index["pinned"][0]["pinned_until"].startswith("2100")
    assert [one["title"] for one in index["latest"]] == ["丙", "甲", "乙"]


def test_lists_by_kind_and_topic() -> None:
    make_topic()
    cover = make_published(kind="topic", title="新市民专题", topics=["newcomer"])
    member = make_policy(topics=["newcomer"])
    topics = document("content/topics")["topics"]
    assert [(one["slug"], one["cover"]) for one in topics] == [("newcomer", cover.public_id)]
    assert [one["id"] for one in topics[0]["articles"]] == [member.public_id]
    assert document(f"content/{cover.public_id}")["related"][0]["id"] == member.public_id
    assert document("content/kinds/policy")["total"] == 1
    assert {one["kind"]: one["total"] for one in document("content/index")["kinds"]}["policy"] == 1


def test_feeds_hold_the_newest_and_repeat_themselves_to_the_byte() -> None:
    article = make_published(title="关于<测试>的通知")
    feed = ET.fromstring(document("content/feed", ".xml"))
    items = feed.findall("./channel/item")
    assert [one.findtext("title") for one in items] == ["关于<测试>的通知"]
    assert (items[0].findtext("link") or "").endswith(f"/public/content/{article.public_id}.html")
    assert len(ET.fromstring(document("content/feed-policy", ".xml")).findall("./channel/item")) == 0
    before = {row.pk: row.hash for row in PublishedDocument.objects.filter(current=True, suffix=".xml")
              if row.key in {"content/feed", "content/feed-notice"}}  # fmt: skip
    with time_machine.travel("2027-01-01T00:00:00+08:00"):
        compile_all()
    assert before == {row.pk: row.hash for row in PublishedDocument.objects.filter(pk__in=before)}
    ARTICLES.end(SYSTEM, article, reason="有误")
    assert ET.fromstring(document("content/feed", ".xml")).findall("./channel/item") == []


def test_lists_need_the_same_queries_for_many_articles(django_assert_max_num_queries: Any) -> None:
    from zhijian.content.queries.lists import entries

    for number in range(6):
        make_published(title=f"通知{number}")
    with django_assert_max_num_queries(3):
        assert len(entries()) == 6


def test_everything_is_compiled_again_the_same() -> None:
    make_policy()
    make_published()
    before = set(PublishedDocument.objects.filter(current=True).values_list("key", "suffix", "hash"))
    assert compile_all() == 2
    assert set(PublishedDocument.objects.filter(current=True).values_list("key", "suffix", "hash")) == before


@pytest.mark.django_db(transaction=True)
def test_files_are_served_from_the_public_folder(
    settings: Any, tmp_path: Path, offices: dict[str, Department]
) -> None:
    from zhijian.core.static_front import StaticFront

    settings.PUBLIC_ROOT = tmp_path / "public"
    media = make_media(offices["police"])
    article = make_published(media=[{"media": media.public_id}])
    address = document(f"content/{article.public_id}")["parts"][-1]["src"]
    front = StaticFront(lambda environ, start: [b"django"], public=settings.PUBLIC_ROOT, app=tmp_path)
    seen: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        seen.update(headers, status=status)

    body = b"".join(front({"PATH_INFO": address, "REQUEST_METHOD": "GET"}, start))
    assert (seen["status"], seen["Content-Type"], body[:4]) == ("200 OK", "image/jpeg", b"\xff\xd8\xff\xe0")
    b"".join(
        front({"PATH_INFO": f"/public/content/{article.public_id}.html", "REQUEST_METHOD": "GET"}, start)
    )
    assert seen["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in seen["Content-Security-Policy"]
    index = json.loads((settings.PUBLIC_ROOT / "index.json").read_text())["documents"]
    assert {
        "content/index",
        "content/topics",
        "content/by-item",
        f"content/{article.public_id}",
    } <= index.keys()
    ARTICLES.end(SYSTEM, Article.objects.get(), reason="有误")
    assert not (settings.PUBLIC_ROOT / address.removeprefix("/public/")).exists()
    old = [
        path
        for path in (settings.PUBLIC_ROOT / "content").glob(f"{article.public_id}.*")
        if b"RIFF" in path.read_bytes()
    ]
    assert old == []
    assert {kind.value for kind in Kind} == {
        path.stem for path in (settings.PUBLIC_ROOT / "content/kinds").glob("*.json") if "." not in path.stem
    }
