"""Loads the demo's invented people (see demo/people.json). Loading again changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from zhijian.audit.actions import record
from zhijian.core import numbers
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.core.crypto import blind_index
from zhijian.core.errors import FieldError
from zhijian.identity import errors, rules
from zhijian.identity.models import Citizen, Session

CLOSED = "closed:"  # no blind index begins so
_INVENTED = "9901"  # no division has this code, so no living person's number begins with it


@transaction.atomic
def load_citizens(actor: Actor, people: Sequence[Mapping[str, Any]]) -> int:
    """Register people; those marked ``real_name`` as confirmed. Returns how many were new.

    Raises DemoOnly outside a demo, DataWrong naming every row whose phone or id number isn't an invented one.
    """
    if not settings.DEMO:
        raise errors.DemoOnly
    people = [_cleaned(person) for person in people]
    faults = [fault for row, person in enumerate(people) for fault in _faults(row, person)]
    if faults:
        raise errors.DataWrong(fields=faults)
    new = sum(_load(person) for person in people)
    record(actor, "citizens.loaded", subject="citizens", facts={"new": new})
    return new


@transaction.atomic
def close_demo_citizens(actor: Actor, *, phones: Iterable[str] = ()) -> int:
    """Log the demo's people out and let go of their numbers, which a real person may have; returns how many.

    ``phones`` are those of a demo that was loaded before its people were marked.
    """
    unmarked = Q(phone_index__in=[blind_index("phone", phone) for phone in phones])
    people = Citizen.objects.filter(Q(demo=True) | unmarked).exclude(phone_index__startswith=CLOSED)
    count = 0
    for citizen in people.only("pk", "public_id", "id_index"):
        closed = f"{CLOSED}{citizen.public_id}"
        Citizen.objects.filter(pk=citizen.pk).update(
            demo=True, phone_index=closed, id_index=closed if citizen.id_index else None
        )
        Session.objects.filter(citizen=citizen, ended_at=None).update(ended_at=now())
        count += 1
    record(actor, "citizens.demo_closed", subject="citizens", facts={"count": count})
    return count


def _cleaned(person: Mapping[str, Any]) -> dict[str, Any]:
    """As log-in and the real-name check would store them; what isn't a phone stays, to be named as a fault."""
    return dict(person) | {
        "phone": numbers.phone(person["phone"]),
        "id_number": rules.clean_id_number(person["id_number"]),
        "name": rules.clean_name(person["name"]),
    }


def _faults(row: int, person: Mapping[str, Any]) -> list[FieldError]:
    faults = []
    if not rules.clean_phone(person["phone"]).startswith("199"):
        faults.append(FieldError(f"/{row}/phone", "phone", "手机号应为199开头的演示号码"))
    number = person["id_number"]
    if rules.id_number_fault(number, today=today()) or not number.startswith(_INVENTED):
        faults.append(FieldError(f"/{row}/id_number", "id_number", "身份证号应以9901开头且校验位正确"))
    if not rules.clean_name(person["name"]):
        faults.append(FieldError(f"/{row}/name", "name", "请填写姓名，不带数字和符号"))
    return faults


def _load(person: Mapping[str, Any]) -> bool:
    values: dict[str, Any] = {"phone": person["phone"], "demo": True}
    if person["real_name"]:
        values |= {
            "name": person["name"],
            "id_number": person["id_number"],
            "id_index": blind_index("id_number", person["id_number"]),
            "real_name_level": 1,
            "real_name_at": now(),
        }
    index = blind_index("phone", person["phone"])
    citizen, new = Citizen.objects.get_or_create(phone_index=index, defaults=values)
    if not citizen.demo:  # of a demo from before there was a mark
        Citizen.objects.filter(pk=citizen.pk).update(demo=True)
    return new
