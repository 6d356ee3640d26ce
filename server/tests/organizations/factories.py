"""Invented organizations."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from zhijian.core.actor import SYSTEM
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Department, Hall, Region, Staff


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    code = factory.Sequence(lambda n: f"{990101 + n}")
    name = factory.Sequence(lambda n: f"试验{n}区")


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department

    code = factory.Sequence(lambda n: f"dept{n}")
    name = factory.Sequence(lambda n: f"云州市试验{n}局")
    name_en = factory.Sequence(lambda n: f"Yunzhou Trial Bureau {n}")
    short_name = factory.Sequence(lambda n: f"试验{n}局")
    region = factory.SubFactory(RegionFactory)


class HallFactory(DjangoModelFactory[Hall]):
    class Meta:
        model = Hall

    code = factory.Sequence(lambda n: f"hall{n}")
    name = factory.Sequence(lambda n: f"试验{n}大厅")
    region = factory.SubFactory(RegionFactory)
    address = "云州市试验路1号"
    hours = factory.LazyFunction(lambda: [{"days": "1-5", "from": "09:00", "to": "12:00"}])


class StaffFactory(DjangoModelFactory[Staff]):
    """``StaffFactory(posts=[Post.REVIEWER])`` holds these posts for the person's own department."""

    class Meta:
        model = Staff
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    name = factory.Sequence(lambda n: f"试验员{n}")
    department = factory.SubFactory(DepartmentFactory)

    @factory.post_generation
    def posts(self: Staff, create: bool, extracted: Any, **kwargs: Any) -> None:
        for post in extracted or ():
            grant_post(SYSTEM, staff=self, post=post, department=self.department)
