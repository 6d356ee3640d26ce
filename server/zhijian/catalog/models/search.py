from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from zhijian.catalog.models.item import ServiceItem
from zhijian.core import item_codes


class SearchEntry(models.Model):
    """What search knows of one published item; rebuilt on publication (see :mod:`zhijian.catalog.search`)."""

    item = models.OneToOneField(ServiceItem, models.CASCADE, primary_key=True, related_name="search_entry")
    code = models.CharField(max_length=item_codes.LENGTH, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=200, blank=True)
    summary_en = models.CharField(max_length=200, blank=True, default="")
    department = models.CharField(max_length=80)
    handling = models.CharField(max_length=20)
    audiences = ArrayField(models.CharField(max_length=2))
    hot = models.PositiveSmallIntegerField(default=0)
    phrases = ArrayField(
        models.CharField(max_length=200), help_text="Names people use, normalised; the first is the item's"
    )
    pinyin = ArrayField(
        models.CharField(max_length=1200), help_text="Of each phrase, in full, without spaces or tones"
    )
    initials = ArrayField(models.CharField(max_length=200), help_text="First letters of each phrase's pinyin")
    pinyin_text = models.TextField(help_text="All of pinyin, for trigram similarity")
    words = SearchVectorField()
    grams = SearchVectorField()

    class Meta:
        verbose_name = verbose_name_plural = "搜索索引"
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="search_words_gin"),
            GinIndex(fields=["grams"], name="search_grams_gin"),
            GinIndex(fields=["pinyin_text"], name="search_pinyin_trgm", opclasses=["gin_trgm_ops"]),
        ]


class Synonym(models.Model):
    """近义词: when people type ``term``, ``meanings`` are searched for too."""

    term = models.CharField("用户说法", max_length=60, unique=True)
    meanings = ArrayField(models.CharField(max_length=60), verbose_name="规范用语")

    class Meta:
        verbose_name = verbose_name_plural = "近义词"
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term


class ThemeKind(models.TextChoices):
    PERSON = "person", "个人服务主题"
    LEGAL = "legal", "法人服务主题"
    LIFE_EVENT = "life_event", "人生事件"


class Theme(models.Model):
    """服务主题 or 人生事件, by which items are browsed. Items name it by its Chinese name."""

    kind = models.CharField("类别", max_length=20, choices=ThemeKind.choices)
    name = models.CharField("名称", max_length=60)
    name_en = models.CharField("英文名称", max_length=120, blank=True, default="")
    icon = models.CharField("图标", max_length=40, blank=True, default="")
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "主题"
        ordering = ["kind", "position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "name"], name="theme_once")]

    def __str__(self) -> str:
        return self.name
