"""The editor's tabs."""

from typing import Any

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from zhijian.content.console.forms import ArticleForm, MediaUseForm


class MediaPanel(InlinePanel):
    """Rows whose choice of files depends on who is editing."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": MediaUseForm, "inherit_kwargs": ["for_user"]}
        return options


def _fields(*names: str) -> list[Panel]:
    return [FieldPanel(name) for name in names]


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel(_fields(*names))


def _group(heading: str, *children: Panel) -> MultiFieldPanel:
    return MultiFieldPanel(list(children), heading=heading)


_TEXT = [
    _group(
        "标题",
        FieldPanel("title", required_on_save=True),
        _row("kind", "department"),
        *_fields("title_en"),
    ),
    _group("说清楚", *_fields("plain_summary", "summary")),
    *_fields("body", "read_aloud"),
]
_FILES = [
    HelpPanel(
        "<p>图片要先在素材库写好说明，视频要先传好字幕。图片在正文里的位置写【图1】，视频写【视频1】，没有写位置的排在正文后面。</p>"
    ),
    MediaPanel("media_uses", heading="图片、视频和附件", label="文件"),
]
_RELATED = [
    _group("文件信息", _row("document_number", "issued_on"), _row("effective_from", "effective_to")),
    _group("关联", *_fields("policy", "supersedes")),
    InlinePanel("item_links", heading="涉及的事项", label="事项"),
    InlinePanel("corrections", heading="勘误", label="勘误"),
]
_SHOWN = [
    _group("给谁看", *_fields("audiences", "topics", "region")),
    _group("时间", _row("go_live_at", "expire_at"), *_fields("review_by")),
    _group("置顶", _row("pinned", "pinned_order"), *_fields("pinned_until")),
]

edit_handler = TabbedInterface(
    [
        ObjectList(_TEXT, heading="正文"),
        ObjectList(_FILES, heading="图片和附件"),
        ObjectList(_RELATED, heading="文件与关联"),
        ObjectList(_SHOWN, heading="展示"),
    ],
    base_form_class=ArticleForm,
)
