"""Loads a city's catalogue from a folder: themes.json, synonyms.json, items/*.json. Loading again changes nothing."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.catalog import authoring
from zhijian.catalog.actions import (
    ITEMS,
    compile_catalogue,
    compile_halls,
    publish,
    save_draft,
)
from zhijian.catalog.authoring import Places
from zhijian.catalog.errors import SpecInvalid
from zhijian.catalog.models import Synonym, Theme, ThemeKind
from zhijian.catalog.spec import ItemSpec
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError

_THEME_KEYS = {
    "themes_person": ThemeKind.PERSON,
    "themes_legal": ThemeKind.LEGAL,
    "life_events": ThemeKind.LIFE_EVENT,
}


@transaction.atomic
def load_catalog(actor: Actor, folder: Path) -> dict[str, int]:
    """Load and publish everything; returns how many of each. All or nothing.

    Raises :class:`SpecInvalid` naming every faulty file. Departments and halls must be there already.
    """
    themes = _load_themes(_read(folder / "themes.json", {}))
    synonyms = _load_synonyms(_read(folder / "synonyms.json", []))
    specs = _read_items(folder / "items")
    ITEMS.workflow()
    places = Places()
    for path, spec in specs:
        try:
            publish(actor, item=save_draft(actor, spec=spec, places=places), catalogue=False)
        except SpecInvalid as error:
            raise SpecInvalid(fields=_in_file(path, error.fields)) from error
    compile_halls()
    compile_catalogue()
    counts = {"themes": themes, "synonyms": synonyms, "items": len(specs)}
    record(actor, "catalog.loaded", subject="catalog", facts=counts)
    return counts


def _read(path: Path, otherwise: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else otherwise


def _read_items(folder: Path) -> list[tuple[Path, ItemSpec]]:
    specs, faults = [], []
    for path in sorted(folder.glob("*.json")):
        try:
            specs.append((path, authoring.parse(_read(path, None))))
        except SpecInvalid as error:
            faults.extend(_in_file(path, error.fields))
    if faults:
        raise SpecInvalid(fields=faults)
    return specs


def _in_file(path: Path, fields: Any) -> list[FieldError]:
    return [FieldError(path=f"{path.name}{one.path}", code=one.code, message=one.message) for one in fields]


def _load_themes(data: dict[str, Any]) -> int:
    position = 0
    for key, kind in _THEME_KEYS.items():
        for position, row in enumerate(data.get(key, [])):
            values = {"name_en": row.get("name_en", ""), "icon": row.get("icon", ""), "position": position}
            Theme.objects.update_or_create(kind=kind, name=row["name"], defaults=values)
    return Theme.objects.count()


def _load_synonyms(data: Any) -> int:
    rows = data.get("synonyms", data) if isinstance(data, dict) else data
    pairs = rows.items() if isinstance(rows, dict) else [(row["term"], row["meanings"]) for row in rows]
    for term, meanings in pairs:
        Synonym.objects.update_or_create(term=term, defaults={"meanings": list(meanings)})
    return Synonym.objects.count()
