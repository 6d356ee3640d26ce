"""The public figures, for who doesn't read the published files."""

import gzip
import json
from typing import Any

from django.http import HttpRequest

from zhijian.publishing.models import PublishedDocument
from zhijian.ratings.api.router import router
from zhijian.ratings.documents import KEY, figures_document


@router.get("/ratings/figures", response=dict[str, Any], auth=None)
def public_figures(request: HttpRequest) -> dict[str, Any]:
    """满意率、评价覆盖率、差评按时整改率和整改结果，与 /public/ratings/figures.json 相同。"""
    found = PublishedDocument.objects.filter(key=KEY, current=True).first()
    if found is None:
        return figures_document()
    document: dict[str, Any] = json.loads(gzip.decompress(found.body))
    return document
