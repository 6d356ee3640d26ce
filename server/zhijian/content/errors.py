"""What content refuses, and the words for it."""

from zhijian.core.errors import Conflict, Forbidden, Invalid, NotFound, TooMany


class ArticleNotFound(NotFound):
    code = "content.article_not_found"
    title = "没有找到这篇文章"


class ArticleGone(NotFound):
    code = "content.article_gone"
    status = 410
    title = "这篇文章已经撤回或到期"


class ContentInvalid(Invalid):
    code = "content.invalid"
    title = "文章需要修改后才能继续"


class NotYourArticle(Forbidden):
    code = "content.not_your_article"
    title = "您只能处理本单位的文章"


class OwnDraft(Forbidden):
    code = "content.own_draft"
    title = "不能审核自己编写的文章，请由其他审核员处理"


class SameReviewer(Forbidden):
    code = "content.same_reviewer"
    title = "两步审核要由不同的人完成，请由另一位审核员处理"


class WrongState(Conflict):
    code = "content.wrong_state"
    title = "文章当前的状态不能进行这项操作，请刷新后再试"


class ReasonMissing(Invalid):
    code = "content.reason_missing"
    title = "请填写原因"


class AltMissing(Invalid):
    code = "content.alt_missing"
    title = "请写一句图片说明，看不见图片的人会听到它"


class CaptionsInvalid(Invalid):
    code = "content.captions_invalid"
    title = "视频要有字幕，请上传 WebVTT（.vtt）字幕文件"


class WordExists(Conflict):
    code = "content.word_exists"
    title = "表里已经有这个词"


class TooManyViews(TooMany):
    code = "content.too_many_views"
    title = "操作太频繁，请稍后再试"
