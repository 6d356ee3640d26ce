"""The audit trail's events of this domain in Chinese."""

AUDITED: dict[str, str] = {
    "article.post_forbids": "文章：岗位不符的操作",
    "article.drafted": "文章：编辑草稿",
    "article.submitted": "文章：送审",
    "article.approved": "文章：审核通过",
    "article.rejected": "文章：退回",
    "article.review_cancelled": "文章：撤回送审",
    "article.scheduled": "文章：定时发布",
    "article.published": "文章：发布",
    "article.revoked": "文章：撤回",
    "article.expired": "文章：到期",
    "content.media_given": "文章：上传图片、视频或附件",
    "content.word_added": "规范表述：增加",
    "content.word_removed": "规范表述：删除",
    "content.loaded": "载入文章数据",
}
