"""The windows in which an editor chooses a text that another one refers to."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from zhijian.organizations.access import requires
from zhijian.organizations.rules import Post

_KEPT = {"choose", "choose_results", "chosen"}


class Chooser(SnippetChooserViewSet):
    """For editors, and of published texts only: drafts of other departments are not theirs to read or make here."""

    def get_object_list(self) -> QuerySet[Any]:
        raise NotImplementedError

    def get_object(self, pk: Any) -> Any:
        return get_object_or_404(self.get_object_list(), pk=pk if str(pk).isdigit() else None)

    @property
    def chosen_view(self) -> Callable[..., HttpResponse]:
        view: Callable[..., HttpResponse] = self.construct_view(
            self.inject_view_methods(self.chosen_view_class, ["get_object"])
        )
        return view

    def get_urlpatterns(self) -> list[URLPattern]:
        guard = requires(Post.EDITOR)
        kept = [one for one in super().get_urlpatterns() if one.name in _KEPT]
        return [path(str(one.pattern), guard(one.callback), name=one.name) for one in kept]
