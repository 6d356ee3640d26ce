"""Invented people: region prefix 9901, which nobody has, and phones beginning with 199 0000."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from zhijian.core.crypto import blind_index
from zhijian.identity.actions.sessions import open_session
from zhijian.identity.models import Citizen
from zhijian.identity.rules import check_character


def id_number(serial: int = 1, *, born: str = "19900115", region: str = "990102") -> str:
    """A sound number of an invented person."""
    first = f"{region}{born}{serial:03d}"
    return first + check_character(first)


def phone(serial: int = 1) -> str:
    return f"1990000{serial:04d}"


class CitizenFactory(DjangoModelFactory[Citizen]):
    """``CitizenFactory(real_named=True)`` has a confirmed name and id number."""

    class Meta:
        model = Citizen

    class Params:
        serial = factory.Sequence(lambda n: n % 900 + 100)
        real_named = factory.Trait(
            name="林试验",
            id_number=factory.LazyAttribute(lambda o: id_number(o.serial)),
            id_index=factory.LazyAttribute(lambda o: blind_index("id_number", o.id_number)),
            real_name_level=1,
        )

    phone = factory.LazyAttribute(lambda o: phone(o.serial))
    phone_index = factory.LazyAttribute(lambda o: blind_index("phone", o.phone))


def bearer(citizen: Citizen, *, device: str = "试验手机") -> dict[str, Any]:
    """Headers of a request by ``citizen`` from a new session: client.get(..., headers=bearer(citizen))."""
    token, _ = open_session(citizen, device=device)
    return {"Authorization": f"Bearer {token}"}
