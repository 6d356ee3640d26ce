"""The audit trail's events of this domain in Chinese."""

from zhijian.editorial.words import audited

AUDITED: dict[str, str] = {
    **audited("article", "文章"),
    "article.revoked": "文章：撤回",
    "article.expired": "文章：到期",
    "content.media_given": "文章：上传图片、视频或附件",
    "content.word_added": "规范表述：增加",
    "content.word_removed": "规范表述：删除",
    "content.loaded": "载入文章数据",
}
