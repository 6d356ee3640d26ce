"""Pure decisions: rich text, speech, comparison, captions, wording, links, health."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from content.factories import VTT, make_spec
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from zhijian.content.codes import Kind, MediaKind, Severity
from zhijian.content.rules import (
    Schedule,
    Surroundings,
    addresses,
    captions,
    check,
    comparison,
    health,
    richtext,
    speech,
    wording,
)
from zhijian.content.rules.comparison import Clause
from zhijian.content.rules.wording import Word
from zhijian.content.spec import Correction
from zhijian.core.zone import CHINA

NOW = datetime(2026, 11, 24, 9, tzinfo=CHINA)
ID = "0123456789abcdefghjkmnpqrs"

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">点</a>',
    '<a href="java\tscript:alert(1)">点</a>',
    '<a href=" &#106;avascript:alert(1)">点</a>',
    '<a href="data:text/html,<script>1</script>">点</a>',
    "<iframe src=//evil.example></iframe>",
    "<svg/onload=alert(1)>",
    '<p onclick="x()">字</p>',
    "<style>body{display:none}</style>",
    '<p style="background:url(//evil.example/x)">字</p>',
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=q></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
]
_BAD = ("<script", "onerror", "onclick", "onload", "javascript:", "data:", "<iframe", "<style", "style=", "<svg", "<img", "<form",
        "<object", "<embed", "<base", "<meta")  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_active_content_is_told_and_never_survives(attack: str) -> None:
    assert richtext.active_parts(f"<p>前</p>{attack}<p>后</p>")
    cleaned = richtext.clean(f"<p>前</p>{attack}<p>后</p>").lower()
    assert not [bad for bad in _BAD if bad in cleaned]
    faults = check(make_spec(body=attack + "<p>正文</p>"), Surroundings(now=NOW))
    assert "active_content" in {fault.code for fault in faults}


@given(st.text(alphabet=st.sampled_from("<>/=\"' ajscriptonerhflxmgpvd:;&#0\n"), max_size=80))
def test_cleaning_is_final_and_leaves_nothing_active(html: str) -> None:
    cleaned = richtext.clean(html)
    assert richtext.clean(cleaned) == cleaned
    assert richtext.active_parts(cleaned) == []


def test_an_honest_text_is_kept_as_it_is() -> None:
    html = '<h2>一、范围</h2><p>见<a href="/items/990100GA0002000">居住证</a>，电话 <b>12345</b>。</p><ul><li>一</li></ul>'
    assert richtext.active_parts(html) == []
    assert richtext.plain(richtext.clean(html)) == "一、范围\n见居住证，电话 12345。\n一"
    assert richtext.clean('<p class="x" data-block-key="k">字</p><h1>题</h1>') == "<p>字</p><h2>题</h2>"
    assert richtext.links(html) == [("/items/990100GA0002000", "居住证")]
    assert richtext.marks("<p>【图1】</p><p>说【图2】的字</p><p>[视频 2]</p>") == [("图", 1), ("视频", 2)]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("自2026年12月1日起施行", "自二零二六年十二月一日起施行。"),
        ("云政办发〔2026〕31号", "云政办发二零二六年第三十一号。"),
        ("2026-03-01前", "二零二六年三月一日前。"),
        ("周一至周五 9:00-17:30", "周一至周五 九点到十七点三十分。"),
        ("拨打12345", "拨打幺二三四五。"),
        ("电话0999-0101000", "电话零九九九，零幺零幺零零零。"),
        ("补贴¥1,200.50", "补贴一千二百点五元。"),
        ("比例为12.5%", "比例为百分之十二点五。"),
        ("2个工作日，2份材料", "两个工作日，两份材料。"),
        ("3-5个工作日", "三到五个工作日。"),
        ("面积不超过60㎡", "面积不超过六十平方米。"),
        ("资金10500元", "资金一万零五百元。"),
        ("共100000人", "共十万人。"),
        ("下载APP（免费）", "下载手机应用，免费。"),
        ("【图1】", ""),
    ],
)
def test_numbers_are_spoken(text: str, spoken: str) -> None:
    assert speech.read_aloud(f"<p>{text}</p>") == spoken


def _counted(words: str) -> int:
    """Back from words to the number."""
    total = group = digit = 0
    for word in words:
        if word in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(word)
        elif word in "十百千":
            group += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[word]
            digit = 0
        else:
            part, power = group + digit, {"万": 10**4, "亿": 10**8}[word]
            total = (total + part) * power if word == "亿" and total else total + part * power
            group = digit = 0
    return total + group + digit


@pytest.mark.parametrize(
    ("digits", "words"),
    [("0", "零"), ("10", "十"), ("110", "一百一十"), ("105", "一百零五"), ("1001", "一千零一"), ("10010", "一万零一十"),
     ("100000001", "一亿零一"), ("3.50", "三点五"), ("0.05", "零点零五"), ("1,234", "一千二百三十四")],
)  # fmt: skip
def test_zeros_are_spoken_once(digits: str, words: str) -> None:
    assert speech.number(digits) == words


@given(st.integers(0, 10**11))
def test_any_number_is_spoken_as_it_is_counted(value: int) -> None:
    words = speech.number(str(value))
    assert _counted(words) == value
    assert "零零" not in words


@given(st.text(max_size=120))
def test_no_digit_is_left_to_be_spelt(text: str) -> None:
    assert not set(speech.speak(text)) & set("0123456789")


clause = st.builds(
    Clause, label=st.sampled_from(["第一条", "第二条", "第三条"]), text=st.text("甲乙丙丁，。", max_size=20)
)
texts = st.lists(clause, max_size=8)


@given(texts)
def test_a_text_does_not_differ_from_itself(clauses: list[Clause]) -> None:
    rows = comparison.compare(clauses, clauses)
    assert comparison.changes(rows) == []
    assert len(rows) == len(clauses)


@given(texts, texts)
def test_a_comparison_holds_both_texts_whole(before: list[Clause], after: list[Clause]) -> None:
    rows = comparison.compare(before, after)
    assert [row.before for row in rows if row.before] == before
    assert [row.after for row in rows if row.after] == after
    assert len(comparison.changes(rows)) + sum(row.kind == "same" for row in rows) == len(rows)


@given(st.text("甲乙丙丁", max_size=30), st.text("甲乙丙丁", max_size=30))
def test_segments_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    found = comparison.segments(before, after)
    assert "".join(one.text for one in found if one.op != "insert") == before
    assert "".join(one.text for one in found if one.op != "delete") == after


def test_a_clause_put_in_does_not_make_all_others_changed() -> None:
    before = comparison.clauses(
        "<p>第一条　目的。</p><p>第二条　居住满半年可以申领，十个工作日办结。</p><p>第三条　收费。</p>"
    )
    after = comparison.clauses(
        "<p>第一条　目的。</p><p>第二条　全程网上办理。</p><p>第三条　居住满半年可以申领，五个工作日办结。</p>"
    )
    rows = comparison.compare(before, after)
    assert [row.kind for row in rows] == ["same", "added", "changed", "removed"]
    assert [(one.op, one.text) for one in comparison.segments(rows[2].before.text, rows[2].after.text)] == [  # type: ignore[union-attr]
        ("equal", "居住满半年可以申领，"),
        ("delete", "十"),
        ("insert", "五"),
        ("equal", "个工作日办结。"),
    ]


def test_clauses_keep_their_paragraphs_and_chapters() -> None:
    found = comparison.clauses(
        "<p>各县区：</p><h2>第一章 总则</h2><p>第一条 甲。</p><p>（一）乙。</p><p>第十二条：丙。</p>"
    )
    assert found == [
        Clause("开头", "各县区："),
        Clause("章节", "第一章 总则"),
        Clause("第一条", "甲。\n（一）乙。"),
        Clause("第十二条", "丙。"),
    ]


def test_sound_captions_are_read() -> None:
    cues, faults = captions.parse(VTT)
    assert faults == []
    assert [(cue.start, cue.end) for cue in cues] == [(1000, 3000), (3500, 6000)]
    assert (
        captions.parse("\ufeffWEBVTT - 题\r\n\r\n1\r\n01:00:00.000 --> 01:00:02.000 align:start\r\n字\r\n")[1]
        == []
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "WEBVTT"),
        ("WEBVTT", "没有内容"),
        ("1\n00:00:01,000 --> 00:00:02,000\n字", "WEBVTT"),
        ("WEBVTT\n\n00:03.000 --> 00:01.000\n字", "晚于开始"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\n字", "时间写法"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "没有文字"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<script>x</script>", "代码"),
        ("WEBVTT\n\nSTYLE\n::cue{}\n\n00:01.000 --> 00:02.000\n字", "STYLE"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\n后\n\n00:01.000 --> 00:02.000\n先", "按时间"),
    ],
)
def test_faulty_captions_are_told(text: str, part: str) -> None:
    assert any(part in fault for fault in captions.parse(text)[1])


@given(st.text(max_size=200))
def test_any_text_may_be_offered_as_captions(text: str) -> None:
    cues, faults = captions.parse("WEBVTT\n\n" + text)
    assert faults or cues


WORDS = [
    Word("帐户", "账户", Severity.SEVERE),
    Word("市政务中心", "市政务服务中心", Severity.WARNING),
    Word("最美", "", Severity.WARNING, "避免绝对化用语"),
    Word("服务", "政务服务", Severity.WARNING),
]


def test_wrong_words_are_found_and_right_ones_left() -> None:
    found = wording.slips("请打开个人帐户，到市政务服务中心办理。", WORDS)
    assert [slip.word.wrong for slip in found] == ["帐户"]
    assert "应写作“账户”" in found[0].sentence
    assert [slip.word.wrong for slip in wording.slips("最美政务服务，服务好", WORDS)] == ["最美", "服务"]
    assert wording.severe(found) == found


@given(st.sampled_from(WORDS), st.text("甲乙", max_size=5), st.text("甲乙", max_size=5))
def test_the_right_form_is_never_a_slip(word: Word, before: str, after: str) -> None:
    if word.right:
        assert wording.slips(before + word.right + after, [word]) == []


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/items/990100GA0002000", "item"), (f"/content/{ID}", "article"), ("/halls", "page"),
        ("https://www.gov.cn/a?b=1", "external"), ("tel:12345", "contact"), ("mailto:a@b.cn", "contact"),
        ("", "nowhere"), ("http://", "nowhere"), ("见附件", "nowhere"), ("javascript:1", "nowhere"),
        ("/items/", "nowhere"), ("http://[", "nowhere"), ("file:///etc/passwd", "nowhere"), ("http://localhost/", "nowhere"),
    ],
)  # fmt: skip
def test_where_a_link_leads(address: str, target: str) -> None:
    assert addresses.read(address).target == target


def test_names_of_documents_become_addresses() -> None:
    assert addresses.resolve("/items/A1") == "/#/pages/guide/index?code=A1"
    assert addresses.resolve(f"/content/{ID}") == f"/public/content/{ID}.html"
    assert addresses.resolve("https://a.cn") == "https://a.cn"


AROUND: dict[str, Any] = {"now": NOW, "items": {"A1"}, "articles": {ID}, "policies": {ID}}
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "around", "paths"),
    [
        ({}, {}, []),
        ({"body": "<p> </p>"}, {}, ["/body"]),
        ({"summary": ""}, {}, ["/summary"]),
        ({"plain_summary": ""}, {}, ["/plain_summary"]),
        ({"plain_summary": "", "kind": "news"}, {}, []),
        ({"document_number": "云政办发[2026]3号"}, {}, ["/document_number"]),
        ({"document_number": "云政办发〔2026〕3号"}, {}, []),
        ({"effective_from": "2026-05-01", "effective_to": "2026-04-01"}, {}, ["/effective_to"]),
        ({"kind": "interpretation"}, {}, ["/policy"]),
        ({"kind": "interpretation", "policy": ID}, {}, []),
        ({"policy": ID}, {}, ["/policy"]),
        ({"kind": "policy", "supersedes": ID}, {}, []),
        ({"kind": "policy", "supersedes": "x"}, {}, ["/supersedes"]),
        ({"supersedes": ID}, {}, ["/supersedes"]),
        ({"items": [{"code": "A1"}, {"code": "B2"}]}, {}, ["/items/1/code"]),
        ({"body": '<p><a href="/items/A1">办</a></p>'}, {}, []),
        ({"body": '<p><a href="/items/B2">办</a></p>'}, {}, ["/body"]),
        ({"body": '<p><a href="/content/abc">看</a></p>'}, {}, ["/body"]),
        ({"body": '<p><a href="">看</a></p>'}, {}, ["/body"]),
        ({"body": "<p>字</p><p>【图2】</p>"}, {"media": [MediaKind.IMAGE, MediaKind.VIDEO]}, ["/body"]),
        ({"body": "<p>字</p><p>【图1】</p><p>【视频1】</p>"}, {"media": [MediaKind.VIDEO, MediaKind.IMAGE]}, []),
        ({"title": "个人帐户"}, {"words": WORDS}, ["/title"]),
        ({"title": "到市政务中心"}, {"words": WORDS}, []),
        ({}, {"schedule": Schedule(publish_at=EARLIER)}, ["/go_live_at"]),
        ({}, {"schedule": Schedule(publish_at=LATER, expires_at=LATER)}, ["/expire_at"]),
        ({}, {"schedule": Schedule(expires_at=EARLIER)}, ["/expire_at"]),
        ({}, {"schedule": Schedule(pinned_until=EARLIER)}, ["/pinned_until"]),
        ({}, {"schedule": Schedule(LATER, LATER + timedelta(1), LATER)}, []),
        ({}, {"before": make_spec(title="旧题")}, ["/corrections"]),
        ({"corrections": [{"on": "2026-11-24", "text": "标题更正"}]}, {"before": make_spec(title="旧题")}, []),
        ({"summary": "新摘要"}, {"before": make_spec()}, []),
    ],
)  # fmt: skip
def test_what_keeps_an_article_from_review(
    changes: dict[str, Any], around: dict[str, Any], paths: list[str]
) -> None:
    faults = check(make_spec(**changes), Surroundings(**(AROUND | around)))
    assert [fault.path for fault in faults] == paths
    assert all(not fault.message.isascii() for fault in faults)


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("facts", "findings"),
    [
        ({}, []),
        ({"review_by": TODAY}, []),
        ({"review_by": TODAY - timedelta(1)}, ["review_due"]),
        ({"effective_to": TODAY - timedelta(1)}, ["no_longer_effective"]),
        ({"effective_to": TODAY}, []),
        ({"updated_on": TODAY - timedelta(366), "kind": Kind.POLICY}, ["untouched"]),
        ({"updated_on": TODAY - timedelta(366), "kind": Kind.NEWS}, []),
        ({"kind": Kind.POLICY, "explained": False}, ["unexplained"]),
        ({"kind": Kind.POLICY, "explained": False, "replaced": True, "review_by": TODAY - timedelta(1)}, []),
        ({"broken": ["甲"], "slips": ["乙", "丙"]}, ["broken_link", "wording", "wording"]),
    ],
)
def test_what_needs_a_person(facts: dict[str, Any], findings: list[str]) -> None:
    one = health.Facts(**({"id": ID, "title": "题", "kind": Kind.NOTICE, "updated_on": TODAY} | facts))
    found = health.ailments([one], today=TODAY)
    assert [ailment.finding.value for ailment in found] == findings
    assert all(ailment.sentence and ailment.finding.label for ailment in found)


def test_sections_have_their_own_rhythm() -> None:
    newest = {Kind.NEWS: TODAY - timedelta(15), Kind.POLICY: TODAY - timedelta(100)}
    found = {one.kind: one for one in health.sections(newest, today=TODAY)}
    assert not found[Kind.NEWS].fresh
    assert "15 天没有更新，要求 14 天内" in found[Kind.NEWS].sentence
    assert found[Kind.POLICY].fresh
    assert not found[Kind.NOTICE].fresh
    assert health.overall(newest, today=TODAY) == 15
    assert health.overall({}, today=TODAY) is None


def test_dates_of_an_article_are_read_as_people_write_them() -> None:
    correction = Correction.model_validate({"on": "2025年3月1日", "text": "更正"})
    assert correction.on == date(2025, 3, 1)
    with pytest.raises(ValidationError):
        Correction.model_validate({"on": "2025年2月30日", "text": "更正"})
