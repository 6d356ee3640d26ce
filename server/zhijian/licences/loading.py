"""Loads licences that the demo's invented people already hold (see demo/people.json). Again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.crypto import blind_index
from zhijian.core.dates import read_day
from zhijian.core.events import emit
from zhijian.identity.models import Citizen
from zhijian.licences import rules
from zhijian.licences.errors import DemoOnly
from zhijian.licences.events import LicenceIssued
from zhijian.licences.models import Licence
from zhijian.organizations.models import Department


@transaction.atomic
def load_licences(actor: Actor, people: Sequence[Mapping[str, Any]]) -> int:
    """After the citizens and departments are loaded. Returns how many were new. Raises DemoOnly outside a demo."""
    if not settings.DEMO:
        raise DemoOnly
    departments = {department.code: department for department in Department.objects.all()}
    new = 0
    for person in people:
        index = blind_index("phone", person["phone"])
        if citizen := Citizen.objects.filter(phone_index=index, real_name_level=1).first():
            rows = person.get("licences", ())
            new += sum(_load(citizen, departments[row["department"]], row) for row in rows)
    record(actor, "licences.loaded", subject="licences", facts={"new": new})
    return new


def _load(citizen: Citizen, department: Department, row: Mapping[str, Any]) -> bool:
    content = rules.Content(facts=[tuple(fact) for fact in row.get("facts", ())])
    issued_on = read_day(row["issued_on"])
    licence, is_new = Licence.objects.get_or_create(
        number=row["number"],
        defaults={
            "citizen": citizen,
            "department": department,
            "licence_type": row["licence_type"],
            "name": row["name"],
            "item_code": row.get("item_code", ""),
            "template": rules.licence_type(row["licence_type"]).template,
            "content": asdict(rules.with_holder(content, name=citizen.name, id_number=citizen.id_number)),
            "issued_on": issued_on,
            "valid_from": issued_on,
            "valid_to": read_day(row["valid_to"]) if row.get("valid_to") else None,
        },
    )
    if is_new:
        emit(LicenceIssued(licence_id=licence.public_id, case_number=""))
    return is_new
