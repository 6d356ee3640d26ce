"""A4 posters for counters and notice boards: one sentence, and a code that leads to the whole."""

from django.conf import settings

from zhijian.content.codes import Audience, Channel
from zhijian.content.models import ArticleVersion
from zhijian.core.clock import local_date
from zhijian.core.dates import long_date
from zhijian.core.pdf import render


def poster(version: ArticleVersion, *, channel: Channel) -> bytes:
    """A PDF. Its QR code names ``channel``, so that it is known which board was read, and not by whom."""
    spec, article = version.typed(), version.article
    return render(
        "poster",
        {
            "kind": spec.kind.label,
            "title": spec.title,
            "plain": spec.plain_summary or spec.summary,
            "for_whom": "、".join(Audience(one).label for one in spec.audiences),
            "from_when": f"{long_date(spec.effective_from)}起施行" if spec.effective_from else "",
            "document_number": spec.document_number,
            "office": article.department.name,
            "phone": article.department.phone,
            "date": long_date(local_date(version.published_at)),
            "qr": f"{settings.PUBLIC_URL}/api/v1/content/{article.public_id}/open?from={channel.value}",
            "channel": channel.label,
        },
    )
