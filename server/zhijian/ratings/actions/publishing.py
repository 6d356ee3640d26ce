"""The public figures as a document."""

from django.db import transaction

from zhijian.publishing.actions import publish_document
from zhijian.ratings.documents import KEY, figures_document


@transaction.atomic
def publish_figures() -> str:
    """Compile ``ratings/figures``; returns its hash. The same figures again are no change."""
    return publish_document(KEY, figures_document()).hash
