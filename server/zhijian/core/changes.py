"""Which columns of a row were changed since it was read: an action writes these and no other."""

from copy import deepcopy
from typing import Any

from django.db import models

Snapshot = dict[str, Any]


def snapshot(row: models.Model) -> Snapshot:
    """The values that ``row`` holds now, by attribute. What was deferred is not read for it."""
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: deepcopy(row.__dict__[name]) for name in names if name in row.__dict__}


def changed(row: models.Model, before: Snapshot) -> list[str]:
    """Names of the fields whose value differs from ``before``."""
    fields = row._meta.concrete_fields
    return [
        field.name
        for field in fields
        if field.attname in row.__dict__
        and (field.attname not in before or row.__dict__[field.attname] != before[field.attname])
    ]


def save_changed(row: models.Model, before: Snapshot) -> None:
    """Write what differs from ``before``: an encrypted column that nobody touched is not sealed anew."""
    if names := changed(row, before):
        row.save(update_fields=names)
