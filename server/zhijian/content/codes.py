"""Coded values of content."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What an article is; the app shows each as a section of its own."""

    POLICY = "policy", "政策文件"
    INTERPRETATION = "interpretation", "政策解读"
    NOTICE = "notice", "通知公告"
    NEWS = "news", "要闻动态"
    TOPIC = "topic", "专题"
    ACTIVITY = "activity", "主题活动"


KIND_EN = {
    Kind.POLICY: "Policies",
    Kind.INTERPRETATION: "Policies explained",
    Kind.NOTICE: "Notices",
    Kind.NEWS: "News",
    Kind.TOPIC: "Topics",
    Kind.ACTIVITY: "Activities",
}


class Audience(TextChoices):
    """For whom an article is; none named means everybody."""

    PERSON = "person", "个人"
    LEGAL = "legal", "企业和其他组织"
    ELDERLY = "elderly", "老年人"
    DISABLED = "disabled", "残疾人"
    PARENT = "parent", "家长和儿童"
    STUDENT = "student", "学生和毕业生"
    WORKER = "worker", "劳动者"
    NEWCOMER = "newcomer", "新市民"
    SELF_EMPLOYED = "self_employed", "个体工商户"


class MediaKind(TextChoices):
    IMAGE = "image", "图片"
    VIDEO = "video", "视频"
    DOCUMENT = "document", "附件"


class Channel(TextChoices):
    """From where an article was opened. A short list: views are counted by channel and day, never by person."""

    WECHAT = "wechat", "微信小程序"
    ALIPAY = "alipay", "支付宝小程序"
    BAIDU = "baidu", "百度小程序"
    H5 = "h5", "手机网页"
    SHARE = "share", "转发分享"
    COUNTER = "counter", "大厅窗口"
    BOARD = "board", "社区公告栏"
    KIOSK = "kiosk", "自助终端"
    FEED = "feed", "订阅源"
    PAGE = "page", "网页链接"


class Severity(TextChoices):
    SEVERE = "severe", "必须改正"
    WARNING = "warning", "建议改正"
