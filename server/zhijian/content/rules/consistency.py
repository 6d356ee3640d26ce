"""What keeps an article from being reviewed or published, each fault with its place and a Chinese sentence. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from zhijian.content.codes import Kind, MediaKind
from zhijian.content.rules import addresses, richtext, wording
from zhijian.content.rules.wording import Word
from zhijian.content.spec import ArticleSpec
from zhijian.core.errors import FieldError

_NUMBER = re.compile(r"[\u4e00-\u9fa5]{2,20}〔(19|20)\d{2}〕\d{1,5}号")
_NEEDS_PLAIN = {Kind.POLICY, Kind.INTERPRETATION, Kind.NOTICE, Kind.ACTIVITY}
_SAID = ("title", "summary", "plain_summary", "read_aloud")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an article is to appear, to end, and until when it stays on top; None = not planned."""

    publish_at: datetime | None = None
    expires_at: datetime | None = None
    pinned_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rules cannot know by themselves. ``media``: kind of each file the article uses, in its order.

    ``before``: the version that people read now or last, against which corrections are asked for.
    """

    now: datetime
    items: Collection[str] = ()
    articles: Collection[str] = ()
    policies: Collection[str] = ()
    media: Sequence[MediaKind] = ()
    words: Iterable[Word] = ()
    before: ArticleSpec | None = None
    schedule: Schedule = field(default_factory=Schedule)


def check(spec: ArticleSpec, around: Surroundings) -> list[FieldError]:
    """Every fault; nothing when the article may go out."""
    return [fault for look in _LOOKS for fault in look(spec, around)]


def _fault(path: str, code: str, message: str) -> FieldError:
    return FieldError(path=f"/{path}", code=code, message=message)


def _stated(spec: ArticleSpec, around: Surroundings) -> Iterator[FieldError]:
    if not richtext.plain(spec.body):
        yield _fault("body", "required", "请填写正文")
    if not spec.summary:
        yield _fault("summary", "required", "请填写摘要，列表和搜索里会显示")
    if spec.kind in _NEEDS_PLAIN and not spec.plain_summary:
        yield _fault("plain_summary", "required", "请用一句话说清这件事：谁、什么时候、能得到什么")
    if spec.document_number and not _NUMBER.fullmatch(spec.document_number):
        yield _fault("document_number", "malformed", "文号请写成“云政办发〔2026〕3号”的样子")
    if spec.effective_from and spec.effective_to and spec.effective_to < spec.effective_from:
        yield _fault("effective_to", "before_start", "有效期不能早于施行日期")


def _linked(spec: ArticleSpec, around: Surroundings) -> Iterator[FieldError]:
    if spec.kind == Kind.INTERPRETATION and spec.policy is None:
        yield _fault("policy", "required", "政策解读要选择它解读的政策")
    if spec.policy and (spec.kind != Kind.INTERPRETATION or spec.policy not in around.policies):
        yield _fault("policy", "not_a_policy", "“解读的政策”只用于解读，且要选一份已发布的政策文件")
    if spec.supersedes and (spec.kind != Kind.POLICY or spec.supersedes not in around.policies):
        yield _fault("supersedes", "not_a_policy", "“替代的旧版政策”只用于政策文件，且要选一份政策文件")
    for row, link in enumerate(spec.items):
        if link.code not in around.items:
            yield _fault(f"items/{row}/code", "unknown_item", f"没有编码为 {link.code} 的在用事项")


def _clean(spec: ArticleSpec, around: Surroundings) -> Iterator[FieldError]:
    if active := richtext.active_parts(spec.body):
        words = "、".join(active)
        yield _fault("body", "active_content", f"正文里有不允许的内容：{words}。请删去后再提交")
    for address, words in richtext.links(spec.body):
        if message := _leads_nowhere(address, words, around):
            yield _fault("body", "broken_link", message)


def _leads_nowhere(address: str, words: str, around: Surroundings) -> str:
    found = addresses.read(address)
    said = words or address[:40]
    if found.target == "nowhere":
        return f"链接“{said}”没有有效的地址"
    if found.target == "item" and found.key not in around.items:
        return f"链接“{said}”指向的事项 {found.key} 不存在或已停用"
    if found.target == "article" and found.key not in around.articles:
        return f"链接“{said}”指向的文章不存在或没有发布"
    return ""


def _placed(spec: ArticleSpec, around: Surroundings) -> Iterator[FieldError]:
    have = {
        "图": sum(kind == MediaKind.IMAGE for kind in around.media),
        "视频": sum(kind == MediaKind.VIDEO for kind in around.media),
    }
    for word, number in richtext.marks(spec.body):
        if not 1 <= number <= have[word]:
            yield _fault(
                "body", "missing_media", f"正文写了【{word}{number}】，但文章只有 {have[word]} 个{word}"
            )


def _well_worded(spec: ArticleSpec, around: Surroundings) -> Iterator[FieldError]:
    table = list(around.words)
    texts = {name: str(getattr(spec, name)) for name in _SAID} | {"body": richtext.plain(spec.body)}
    for name, text in texts.items():
        for slip in wording.severe(wording.slips(text, table)):
            yield _fault(name, "wording", slip.sentence)


def _timely(spec: ArticleSpec, around: Surroundings) -> Iterator[FieldError]:
    plan = around.schedule
    if plan.publish_at and plan.publish_at <= around.now:
        yield _fault(
            "go_live_at", "past", "定时发布的时间已经过去，请改为以后的时间，或留空表示审核通过后立即发布"
        )
    if plan.expires_at and plan.expires_at <= max(plan.publish_at or around.now, around.now):
        yield _fault("expire_at", "past", "到期时间要晚于现在和发布时间")
    if plan.pinned_until and plan.pinned_until <= around.now:
        yield _fault("pinned_until", "past", "置顶截止时间已经过去，请修改或取消置顶")


def _corrected(spec: ArticleSpec, around: Surroundings) -> Iterator[FieldError]:
    """What people have read is not changed in silence."""
    if around.before is None or not substantial(around.before, spec):
        return
    if len(spec.corrections) <= len(around.before.corrections):
        yield _fault("corrections", "required", "已发布的内容有改动，请在“勘误”里写明改了什么")


def substantial(before: ArticleSpec, after: ArticleSpec) -> bool:
    """Whether what an article says has changed, not merely how it is shown and found."""
    names = ("title", "document_number", "issued_on", "effective_from", "effective_to")
    if any(getattr(before, name) != getattr(after, name) for name in names):
        return True
    return richtext.plain(before.body) != richtext.plain(after.body)


_LOOKS: tuple[Callable[[ArticleSpec, Surroundings], Iterator[FieldError]], ...] = (
    _stated, _linked, _clean, _placed, _well_worded, _timely, _corrected,
)  # fmt: skip
