"""Invented licences."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory

from zhijian.licences.models import Licence


class LicenceFactory(DjangoModelFactory[Licence]):
    class Meta:
        model = Licence

    citizen = factory.SubFactory(CitizenFactory, real_named=True)
    department = factory.SubFactory(DepartmentFactory)
    licence_type = "residence_permit"
    name = "居住证"
    number = factory.Sequence(lambda n: f"JZZ2024{n:06}")
    template = "residence_permit"
    content: Any = factory.LazyAttribute(
        lambda o: {"facts": [["姓名", o.citizen.name]], "statement": "", "paragraphs": [], "conditions": []}
    )
    issued_on = date(2025, 3, 7)
    valid_from = date(2025, 3, 7)
    valid_to = date(2026, 3, 6)
