"""Staff screens of content: Wagtail edits drafts; files and upkeep are screens of our own, review is
``editorial``'s."""

from django.urls import path

from zhijian.content.console import links, media, review, upkeep
from zhijian.core import console
from zhijian.organizations.access import may, requires
from zhijian.organizations.rules import Post

WRITING = (Post.EDITOR, Post.REVIEWER)
LOOKING = (*WRITING, Post.OPERATOR)

_writing, _looking = requires(*WRITING), requires(*LOOKING)

urlpatterns = [
    *review.PAGES.urls(),
    path("content/preview/<int:pk>/", _looking(review.preview), name="content_preview"),
    path("content/preview/<int:pk>/page/", _looking(review.preview_inside), name="content_preview_page"),
    path("content/media/", _writing(media.library), name="content_media"),
    path("content/media/<slug:public_id>/file/", _looking(media.file), name="content_media_file"),
    path(
        "content/media/<slug:public_id>/captions.vtt", _looking(media.captions), name="content_media_captions"
    ),
    path("content/link/", requires(Post.EDITOR)(links.choose), name="content_link"),
    path("content/health/", _looking(upkeep.health), name="content_health"),
    path("content/statistics/", _looking(upkeep.figures), name="content_statistics"),
    path("content/words/", _looking(upkeep.words), name="content_words"),
]

console.register(
    console.Place(
        key="content",
        label="信息",
        icon="file-text",
        url_name="content_articles:list",
        order=400,
        shown=lambda user: may(user, *WRITING),
        waits=(review.PAGES.returned,),
        count_means="被退回，待修改",
    ),
    console.Place(
        key="content_reviews",
        label="信息审核",
        icon="file-check",
        url_name="content_reviews",
        order=410,
        shown=lambda user: may(user, Post.REVIEWER),
        waits=(review.PAGES.decidable,),
        count_means="待审核",
    ),
    console.Place(
        key="content_health",
        label="内容体检",
        icon="list-checks",
        url_name="content_health",
        order=420,
        shown=lambda user: may(user, *LOOKING),
    ),
)
