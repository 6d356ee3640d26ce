"""What citizens' apps read: plain JSON compiled from versions, departments and halls. Shapes are the app's contract."""

from datetime import date
from decimal import Decimal
from typing import Any, get_args

from django.conf import settings
from django.db.models import TextChoices
from pydantic import BaseModel

from zhijian.catalog.models import ItemVersion, Theme, ThemeKind
from zhijian.catalog.queries.items import current_versions
from zhijian.catalog.rules import fee_text, limit_text, limit_text_en
from zhijian.catalog.spec import ItemSpec, Limit
from zhijian.organizations.models import Department, Hall

JSON = dict[str, Any]

RECENT = 8
_THEME_FIELDS = {
    ThemeKind.PERSON: "themes_person",
    ThemeKind.LEGAL: "themes_legal",
    ThemeKind.LIFE_EVENT: "life_events",
}


def city_document() -> JSON:
    return {
        "name": settings.CITY_NAME,
        "name_en": settings.CITY_NAME_EN,
        "hotline": settings.CITY_HOTLINE,
        "service_phone": settings.CITY_SERVICE_PHONE,
        "demo": settings.DEMO,
        "locales": ["zh-CN", "en"],
    }


def halls_document() -> JSON:
    return {"halls": [_hall(hall) for hall in Hall.objects.order_by("code")]}


def item_document(version: ItemVersion) -> JSON:
    """The guide of one version, whole: every code with its word, every limit in words, places with their halls."""
    spec = version.typed()
    halls = {hall.code: hall for hall in Hall.objects.filter(code__in=[place.hall for place in spec.places])}
    document: JSON = _labelled(spec)
    document |= {
        "department": _department(version.department),
        "places": [
            {"hall": _hall(halls[place.hall]), "counters": place.counters}
            for place in spec.places
            if place.hall in halls
        ],
        "fee": fee_text(spec),
        "form": version.form,
        "version": version.number,
        "published_at": version.published_at.isoformat(timespec="seconds"),
        "valid_from": version.valid_from.isoformat(timespec="seconds"),
        "valid_to": None,
        "document_hash": version.content_hash,
    }
    return document


def catalogue_document() -> JSON:
    """All items in one list, with what browsing needs: themes that hold something, departments, hot and recent."""
    versions = list(current_versions())
    specs = [version.typed() for version in versions]
    departments = {version.department_id: version.department for version in versions}
    newest = sorted(versions, key=lambda version: (version.published_at, version.code), reverse=True)
    hot = sorted((spec for spec in specs if spec.hot), key=lambda spec: (-spec.hot, spec.code))
    document: JSON = {
        "items": [_entry(version, spec) for version, spec in zip(versions, specs, strict=True)],
        "departments": [
            {"code": row.code, "name": row.name, "name_en": row.name_en}
            for row in sorted(departments.values(), key=lambda row: row.code)
        ],
        "recent": [version.code for version in newest[:RECENT]],
        "hot": [spec.code for spec in hot],
    }
    for kind, field in _THEME_FIELDS.items():
        used = {name for spec in specs for name in getattr(spec, field)}
        themes = Theme.objects.filter(kind=kind, name__in=used).order_by("position", "pk")
        document[field] = list(themes.values("name", "name_en", "icon"))
    return document


def _entry(version: ItemVersion, spec: ItemSpec) -> JSON:
    plain = (
        "code", "name", "name_en", "short_name", "summary", "summary_en", "audiences", "themes_person",
        "themes_legal", "life_events", "handling", "visits", "charged", "hot", "bookable",
    )  # fmt: skip
    return spec.model_dump(mode="json", include=set(plain)) | {
        "department": {"code": version.department.code, "name": version.department.name},
        "kind": {"code": spec.kind.value, "label": spec.kind.label},
        "limit": _labelled(spec.promised_limit or spec.legal_limit),
        "updated_at": version.published_at.isoformat(timespec="seconds"),
    }


def _labelled(value: Any) -> Any:
    """A typed value as JSON, with ``<field>_label`` beside each code and words beside each limit."""
    if isinstance(value, BaseModel):
        made: JSON = {}
        for name, info in type(value).model_fields.items():
            made[name] = _labelled(getattr(value, name))
            if _is_coded(info.annotation):
                made[f"{name}_label"] = _label(getattr(value, name))
        if isinstance(value, Limit):
            made |= {"text": limit_text(value), "text_en": limit_text_en(value)}
        return made
    if isinstance(value, list):
        return [_labelled(part) for part in value]
    if isinstance(value, TextChoices):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _is_coded(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, TextChoices):
        return True
    return any(_is_coded(part) for part in get_args(annotation))


def _label(value: Any) -> Any:
    if isinstance(value, list):
        return [_label(part) for part in value]
    return str(value.label) if value else ""


def _department(row: Department) -> JSON:
    names = ("code", "name", "name_en", "phone", "address", "credit_code")
    return {name: getattr(row, name) for name in names}


def _hall(row: Hall) -> JSON:
    names = (
        "code",
        "name",
        "name_en",
        "address",
        "address_en",
        "phone",
        "hours",
        "latitude",
        "longitude",
        "transit",
    )
    return {name: getattr(row, name) for name in names}
