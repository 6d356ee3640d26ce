"""The page that a draft will be, made from the same parts as the published one; its files are not public yet."""

from django.templatetags.static import static
from django.urls import reverse

from zhijian.content import authoring
from zhijian.content.codes import MediaKind
from zhijian.content.documents import article_document, page
from zhijian.content.documents.parts import Files
from zhijian.content.models import Article, ArticleVersion, Media
from zhijian.content.queries.relations import relations_of
from zhijian.core.clock import now


def preview_page(article: Article) -> bytes:
    """Raises :class:`ContentInvalid` when the draft makes no article at all."""
    draft = article.get_latest_revision_as_object()
    spec = authoring.to_spec(draft)
    version = ArticleVersion(article=draft, number=0, spec=spec.frozen_json(), published_at=now())
    ids = [use.media for use in spec.media]
    media = {row.public_id: row for row in Media.objects.filter(public_id__in=ids).select_related("file")}
    files = Files(
        media=media,
        addresses={key: reverse("content_media_file", args=[key]) for key in media},
        captions={
            key: reverse("content_media_captions", args=[key])
            for key, row in media.items()
            if row.kind == MediaKind.VIDEO
        },
    )
    document = article_document(version, files=files, relations=relations_of(draft, spec))
    return page(document, styles=[static("console/tokens.css"), static("content/page.css")], preview=True)
