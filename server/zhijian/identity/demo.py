"""The demo's people, as its log-in page offers them. Read from the demo's data, never from the database."""

import json
from functools import cache

from django.conf import settings


@cache
def people() -> list[dict[str, str]]:
    """Phone and label of each invented person, in the file's order."""
    path = settings.DEMO_ROOT / "people.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [{"phone": row["phone"], "label": row["label"]} for row in rows]
