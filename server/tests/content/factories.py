"""Invented articles, small enough to read."""

import gzip
import io
import json
import struct
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from organizations.factories import DepartmentFactory, StaffFactory
from PIL import Image

from zhijian.content import actions
from zhijian.content.codes import MediaKind
from zhijian.content.models import Article, Media, Topic
from zhijian.content.spec import ArticleSpec
from zhijian.core.actor import SYSTEM
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import Post
from zhijian.publishing.models import PublishedDocument

BODY = "<p>第一条　为了方便群众，制定本办法。</p><p>第二条　本办法自2026年12月1日起施行。</p>"
VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\n您好，今天讲居住证。\n\n00:03.500 --> 00:06.000\n不用再跑窗口。\n"


def spec_data(**changes: Any) -> dict[str, Any]:
    """A notice as JSON; ``changes`` replace fields."""
    data: dict[str, Any] = {
        "kind": "notice",
        "title": "关于优化居住证办理的通知",
        "department": "ga",
        "summary": "居住证可以网上办理。",
        "plain_summary": "租房的新市民可以网上办居住证，5个工作日拿证。",
        "body": BODY,
    }
    return data | changes


def make_spec(**changes: Any) -> ArticleSpec:
    return ArticleSpec.model_validate(spec_data(**changes))


def make_offices() -> dict[str, Department]:
    return {
        "police": DepartmentFactory(
            code="ga",
            name="云州市公安局",
            name_en="Yunzhou Public Security Bureau",
            short_name="公安局",
            phone="0999-0101000",
        ),
        "centre": DepartmentFactory(code="zw", name="政务服务中心", short_name="政务中心", is_centre=True),
        "other": DepartmentFactory(code="mz", name="云州市民政局", short_name="民政局"),
    }


def make_people(offices: dict[str, Department]) -> dict[str, Staff]:
    posts = {
        "editor": (Post.EDITOR, "police"),
        "reviewer": (Post.REVIEWER, "police"),
        "centre": (Post.REVIEWER, "centre"),
        "other_editor": (Post.EDITOR, "other"),
        "other_reviewer": (Post.REVIEWER, "other"),
        "operator": (Post.OPERATOR, "police"),
        "case_officer": (Post.CASE_OFFICER, "police"),
    }
    return {
        name: StaffFactory(department=offices[place], posts=[post]) for name, (post, place) in posts.items()
    }


def make_topic(slug: str = "newcomer", name: str = "新市民") -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_published(**changes: Any) -> Article:
    """A readable article. Needs :func:`make_offices`."""
    article = actions.save_draft(SYSTEM, spec=make_spec(**changes))
    actions.publish(SYSTEM, article=article)
    return Article.objects.get(pk=article.pk)


def make_policy(**changes: Any) -> Article:
    defaults = {"kind": "policy", "title": "云州市居住证管理办法", "document_number": "云政办发〔2026〕3号"}
    return make_published(**(defaults | changes))


def picture(side: int = 40, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side // 2), "#1a5fb4").save(out, kind)
    return out.getvalue()


def movie() -> bytes:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + name + body

    head = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + box(b"moov", box(b"mvhd", bytes(100)))
    return head + box(b"mdat", bytes(64))


def make_media(
    department: Department, kind: MediaKind = MediaKind.IMAGE, *, content: bytes | None = None, **words: str
) -> Media:
    names = {MediaKind.IMAGE: "图.png", MediaKind.VIDEO: "讲解.mp4", MediaKind.DOCUMENT: "申请表.pdf"}
    made = {MediaKind.IMAGE: picture, MediaKind.VIDEO: movie, MediaKind.DOCUMENT: _paper}
    words = {"alt": "窗口工作人员递出居住证", "captions": VTT} | words
    upload = SimpleUploadedFile(names[kind], content if content is not None else made[kind]())
    return actions.give_media(SYSTEM, department=department, kind=kind, upload=upload, **words)


def _paper() -> bytes:
    from zhijian.core.pdf import render

    return render("demo_material", {"demo": True, "name": "申请表", "lines": ["本页只用于演示。"]})


def document(key: str, suffix: str = ".json") -> Any:
    """The current document of ``key``: JSON as a value, everything else as text."""
    row = PublishedDocument.objects.get(key=key, suffix=suffix, current=True)
    body = gzip.decompress(bytes(row.body))
    return json.loads(body) if suffix == ".json" else body if suffix == ".png" else body.decode()
