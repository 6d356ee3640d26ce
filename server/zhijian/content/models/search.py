from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from zhijian.content.models.article import Article


class ArticleEntry(models.Model):
    """What search knows of one readable article, in the same form as the catalogue's entries."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="search_entry")
    public_id = models.CharField(max_length=26, unique=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    department = models.CharField(max_length=80)
    department_en = models.CharField(max_length=160, blank=True, default="")
    for_people = models.BooleanField()
    for_organizations = models.BooleanField()
    published_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    phrases = ArrayField(models.CharField(max_length=200))
    pinyin = ArrayField(models.CharField(max_length=1200))
    initials = ArrayField(models.CharField(max_length=200))
    pinyin_text = models.TextField()
    words = SearchVectorField()
    grams = SearchVectorField()

    class Meta:
        verbose_name = verbose_name_plural = "文章搜索索引"
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="article_words_gin"),
            GinIndex(fields=["grams"], name="article_grams_gin"),
            GinIndex(fields=["pinyin_text"], name="article_pinyin_trgm", opclasses=["gin_trgm_ops"]),
        ]
