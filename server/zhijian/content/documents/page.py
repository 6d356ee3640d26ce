"""A page for browsers without scripts: read, printed, shared, found by search engines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

JSON = dict[str, Any]
STYLE = "/public/content/style.css"
_WORDS = {"added": "新增", "removed": "删去", "changed": "修改"}


def page(document: JSON, *, styles: Sequence[str] = (STYLE,), preview: bool = False) -> bytes:
    """``document`` as HTML, in its state: readable, over, or revoked. ``styles`` are addresses of style sheets."""
    context = {
        "styles": styles,
        "preview": preview,
        "article": document,
        "root": settings.PUBLIC_URL,
        "address": f"{settings.PUBLIC_URL}{document['page']}",
        "card": f"{settings.PUBLIC_URL}{document['card']}",
        "app": f"{settings.PUBLIC_URL}/#/pages/content/article?id={document['id']}",
        "description": document.get("plain_summary") or document.get("summary") or document["title"],
        "rows": _rows(document),
    }
    return render_to_string("content/page.html", context).encode()


def _rows(document: JSON) -> list[JSON]:
    found = document.get("comparison") or {}
    return [row | {"word": _WORDS[row["kind"]]} for row in found.get("rows", [])]


def style() -> bytes:
    """The pages' style: the platform's tokens and what pages add."""
    root = Path(settings.STATICFILES_DIRS[0])
    names = ("console/tokens.css", "content/page.css")
    return "\n".join((root / name).read_text(encoding="utf-8") for name in names).encode()
