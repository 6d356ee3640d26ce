"""The article's form: what Wagtail offers, narrowed to what this editor may choose."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms import WagtailAdminModelForm

from zhijian.content.codes import Audience, Kind
from zhijian.content.models import Article, ArticleMedia, ArticleVersion, Media
from zhijian.content.queries import media_in_scope
from zhijian.content.rules import richtext
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post


class ArticleForm(WagtailAdminModelForm):
    """What the editor shows and takes for an article."""

    audiences = forms.MultipleChoiceField(
        label="适合人群",
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="都不选表示所有人",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        policies = published_policies().exclude(pk=self.instance.pk)
        for name in {"policy", "supersedes"} & self.fields.keys():
            self.fields[name].queryset = policies
            self.fields[name].empty_label = "无"
        if "region" in self.fields:
            self.fields["region"].empty_label = "全市"
        if "topics" in self.fields:
            self.fields["topics"].widget = forms.CheckboxSelectMultiple(choices=self.fields["topics"].choices)
        if "department" in self.fields and isinstance(self.for_user, Staff):
            scope = departments_in_scope(self.for_user, Post.EDITOR)
            self.fields["department"].queryset = scope
            self.fields["department"].empty_label = "请选择"

    def clean_body(self) -> str:
        """Refuse what could act; the rest is cleaned when it is read."""
        body = str(self.cleaned_data.get("body") or "")
        if active := richtext.active_parts(body):
            raise forms.ValidationError(f"正文里有不允许的内容：{'、'.join(active)}。请删去后再保存")
        return body


def published_policies() -> QuerySet[Article]:
    """Newest first."""
    published = ArticleVersion.objects.order_by().values("article")
    return Article.objects.filter(kind=Kind.POLICY, pk__in=published).order_by("-pk")


class MediaUseForm(WagtailAdminModelForm):
    """A file of the editor's own departments, or the one that is used already."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "media" in self.fields and isinstance(self.for_user, Staff):
            used = Media.objects.filter(pk=self.instance.media_id)
            own = media_in_scope(self.for_user)
            self.fields["media"].queryset = Media.objects.filter(
                pk__in=[*own.values_list("pk", flat=True)[:300], *used.values_list("pk", flat=True)]
            )
            self.fields["media"].empty_label = "请从素材库选择"

    class Meta:
        model = ArticleMedia
        fields = ("media", "caption")
