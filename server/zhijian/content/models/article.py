"""The article as it is being edited. What people read is an :class:`ArticleVersion`, never this row."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from zhijian.content.codes import Audience, Kind
from zhijian.core.fields import PublicIdField
from zhijian.editorial.models import Reviewed, ReviewStep

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "blockquote", "hr", "content-link"]
"""What the editor offers: as much as an official text needs."""


class ArticleReview(ReviewStep):
    class Meta:
        verbose_name = verbose_name_plural = "文章审核环节"


class Article(Reviewed):
    """文章."""

    objects: ClassVar[models.Manager["Article"]] = models.Manager()

    public_id = PublicIdField()
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    title = models.CharField("标题", max_length=100)
    title_en = models.CharField("英文标题", max_length=200, blank=True, default="")
    department = models.ForeignKey(
        "organizations.Department", models.PROTECT, related_name="articles", verbose_name="发布机构"
    )
    region = models.ForeignKey(
        "organizations.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="适用区域",
        help_text="留空表示全市",
    )
    document_number = models.CharField(
        "文号", max_length=60, blank=True, default="", help_text="例如：云政办发〔2026〕3号"
    )
    issued_on = models.DateField("成文日期", null=True, blank=True)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    effective_to = models.DateField("有效期至", null=True, blank=True)
    review_by = models.DateField(
        "复核日期", null=True, blank=True, help_text="到这一天，内容体检会提醒复核内容是否仍然准确"
    )
    summary = models.CharField("摘要", max_length=300, blank=True, default="", help_text="列表和搜索里显示")
    plain_summary = models.CharField(
        "一句话说清",
        max_length=150,
        blank=True,
        default="",
        help_text="用平常话说：谁、什么时候、能得到什么、要做什么",
    )
    body = RichTextField(
        "正文",
        blank=True,
        default="",
        features=FEATURES,
        help_text="条款以“第一条”起段，便于新旧对照；图片和视频的位置单独成段，写【图1】【视频1】",
    )
    read_aloud = models.TextField(
        "朗读文本", blank=True, default="", help_text="留空时按正文自动生成，数字和日期会转成读法"
    )
    audiences = ArrayField(
        models.CharField(max_length=20, choices=Audience.choices),
        verbose_name="适合人群",
        default=list,
        blank=True,
    )
    topics = ParentalManyToManyField(
        "content.Topic", blank=True, related_name="articles", verbose_name="主题"
    )
    policy = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name="解读的政策",
        limit_choices_to={"kind": Kind.POLICY},
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="替代的旧版政策",
        limit_choices_to={"kind": Kind.POLICY},
    )
    pinned = models.BooleanField("置顶", default=False)
    pinned_order = models.PositiveSmallIntegerField("置顶顺序", default=0, help_text="小的在前")
    pinned_until = models.DateTimeField("置顶截止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文章"
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="article_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="article_effective_range",
                condition=Q(effective_from__isnull=True)
                | Q(effective_to__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                violation_error_message="有效期不能早于施行日期",
            ),
            models.CheckConstraint(
                name="article_policy_of_interpretation",
                condition=Q(policy__isnull=True) | Q(kind=Kind.INTERPRETATION),
                violation_error_message="“解读的政策”只用于政策解读",
            ),
            models.CheckConstraint(
                name="article_supersedes_as_policy",
                condition=Q(supersedes__isnull=True) | Q(kind=Kind.POLICY),
                violation_error_message="“替代的旧版政策”只用于政策文件",
            ),
            models.CheckConstraint(
                name="article_not_its_own_past",
                condition=(Q(supersedes__isnull=True) | ~Q(supersedes=F("id")))
                & (Q(policy__isnull=True) | ~Q(policy=F("id"))),
                violation_error_message="文章不能关联自己",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class ArticleItem(Orderable):
    """涉及的事项: what a policy changes or opens."""

    article = ParentalKey(Article, related_name="item_links", on_delete=models.CASCADE)
    item = models.ForeignKey("catalog.ServiceItem", models.PROTECT, related_name="+", verbose_name="事项")
    change = models.CharField(
        "带来的变化", max_length=200, blank=True, default="", help_text="例如：承诺时限由10个工作日缩短为5个"
    )

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "涉及的事项"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "item"],
                name="article_item_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]


class ArticleMedia(Orderable):
    """图片、视频和附件, in their order: the first picture is 【图1】."""

    article = ParentalKey(Article, related_name="media_uses", on_delete=models.CASCADE)
    media = models.ForeignKey("content.Media", models.PROTECT, related_name="+", verbose_name="文件")
    caption = models.CharField("图注", max_length=200, blank=True, default="")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "图片、视频和附件"


class ArticleCorrection(Orderable):
    """勘误: shown with the article for as long as it is there."""

    article = ParentalKey(Article, related_name="corrections", on_delete=models.CASCADE)
    on = models.DateField("日期")
    text = models.CharField("勘误内容", max_length=500)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "勘误"
