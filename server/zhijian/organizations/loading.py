"""Loads a city's organizations from one JSON document (see demo/organizations.json). Loading again changes nothing."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import transaction
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from zhijian.audit.actions import record
from zhijian.core import numbers
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.organizations import errors, rules
from zhijian.organizations.actions import ensure_groups, grant_post
from zhijian.organizations.events import OrganizationsLoaded
from zhijian.organizations.models import Department, Hall, Region, Staff

DEMO_PASSWORD = "zhijian-demo"  # noqa: S105 - opens a demo only, see give_demo_passwords


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _sound_credit_code(text: str) -> str:
    code = numbers.credit_code(text)
    if code and not numbers.is_credit_code(code):
        raise PydanticCustomError("credit_code", "统一社会信用代码有误，请逐位核对")
    return code


class RegionRow(_Row):
    code: str = Field(pattern=r"^\d{6}(\d{3}){0,2}$")
    name: str = Field(min_length=1)
    name_en: str = ""
    parent: str = ""


class DepartmentRow(_Row):
    code: str = Field(pattern=r"^[a-z0-9_-]{1,20}$")
    name: str = Field(min_length=1)
    name_en: str = ""
    short_name: str = Field(min_length=1)
    credit_code: Annotated[str, AfterValidator(_sound_credit_code)] = ""
    region: str
    phone: str = ""
    address: str = ""
    is_centre: bool = False


class HallRow(_Row):
    code: str = Field(pattern=r"^[a-z0-9_-]{1,20}$")
    name: str = Field(min_length=1)
    name_en: str = ""
    region: str
    address: str = Field(min_length=1)
    address_en: str = ""
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    phone: str = ""
    hours: list[dict[str, str]] = []
    transit: str = ""


class PostRow(_Row):
    post: rules.Post
    department: str = ""
    region: str = ""


class StaffRow(_Row):
    username: str = Field(pattern=r"^[a-z0-9_.-]{2,60}$")
    name: str = Field(min_length=1)
    department: str
    posts: list[PostRow] = []


class Organizations(BaseModel):
    """The document; ``city`` is others' business."""

    regions: list[RegionRow]
    departments: list[DepartmentRow]
    halls: list[HallRow]
    staff: list[StaffRow]


@transaction.atomic
def load_organizations(actor: Actor, data: Mapping[str, Any]) -> dict[str, int]:
    """Create or update regions, departments, halls, staff and posts; returns how many of each the data has.

    New staff have no password. Nothing is removed. Raises DataWrong naming every fault; then nothing is loaded.
    """
    try:
        document = Organizations.model_validate(data)
    except ValidationError as error:
        faults = [FieldError("/" + "/".join(map(str, e["loc"])), e["type"], e["msg"]) for e in error.errors()]
        raise errors.DataWrong(fields=faults) from error
    _check_references(document)
    ensure_groups(rules.Post.values)
    regions = _load_regions(document.regions)
    departments = {row.code: _load_department(row, regions) for row in document.departments}
    for hall in document.halls:
        values = hall.model_dump(exclude={"code", "region"})
        Hall.objects.update_or_create(code=hall.code, defaults=values | {"region": regions[hall.region]})
    for row in document.staff:
        _load_staff(actor, row, departments, regions)
    counts = {name: len(getattr(document, name)) for name in ("regions", "departments", "halls", "staff")}
    record(actor, "organizations.loaded", subject="organizations", facts=counts)
    emit(OrganizationsLoaded(halls=counts["halls"]))
    return counts


@transaction.atomic
def give_demo_passwords(actor: Actor, *, usernames: Iterable[str]) -> int:
    """Let those of these staff who have no password log in with DEMO_PASSWORD; returns how many.

    Raises NotDemo outside a demo.
    """
    if not settings.DEMO:
        raise errors.NotDemo
    # One hash for all: a hundred slow hashes would make the first start wait half a minute for no secret at all.
    # An account that left, or that the demo's end has closed, gets none.
    without = Staff.objects.filter(
        username__in=list(usernames), password__startswith=UNUSABLE_PASSWORD_PREFIX, is_active=True
    )
    count = without.update(password=make_password(DEMO_PASSWORD), demo=True)
    record(actor, "staff.demo_passwords", subject="organizations", facts={"count": count})
    return count


@transaction.atomic
def close_demo_staff(actor: Actor) -> int:
    """End the demo's accounts: no password, not in post, so that their sessions end, too; returns how many."""
    count = Staff.objects.filter(demo=True, is_active=True).update(
        password=make_password(None), is_active=False
    )
    record(actor, "staff.demo_closed", subject="organizations", facts={"count": count})
    return count


def _check_references(document: Organizations) -> None:
    regions = {row.code for row in document.regions}
    departments = {row.code for row in document.departments}
    named: list[tuple[str, str, set[str]]] = []
    for index, region in enumerate(document.regions):
        named.append((f"/regions/{index}/parent", region.parent, regions | {""}))
    for index, department in enumerate(document.departments):
        named.append((f"/departments/{index}/region", department.region, regions))
    for index, hall in enumerate(document.halls):
        named.append((f"/halls/{index}/region", hall.region, regions))
    for index, person in enumerate(document.staff):
        named.append((f"/staff/{index}/department", person.department, departments))
        for number, post in enumerate(person.posts):
            path = f"/staff/{index}/posts/{number}"
            named.append((f"{path}/department", post.department, departments | {""}))
            named.append((f"{path}/region", post.region, regions | {""}))
    faults = [
        FieldError(path, "unknown", f"没有代码“{code}”") for path, code, known in named if code not in known
    ]
    for index, hall in enumerate(document.halls):
        for row, words in rules.hours_faults(hall.hours):
            faults.append(FieldError(f"/halls/{index}/hours/{row}", "hours", words))
    if faults:
        raise errors.DataWrong(fields=faults)


def _load_regions(rows: list[RegionRow]) -> dict[str, Region]:
    found: dict[str, Region] = {}
    for row in rows:
        values = {"name": row.name, "name_en": row.name_en}
        found[row.code], _ = Region.objects.update_or_create(code=row.code, defaults=values)
    for row in rows:  # a second pass: a parent may stand below its child in the document
        parent = found[row.parent] if row.parent else None
        if found[row.code].parent_id != (parent.pk if parent else None):
            found[row.code].parent = parent
            found[row.code].save(update_fields=["parent"])
    return found


def _load_department(row: DepartmentRow, regions: Mapping[str, Region]) -> Department:
    values = row.model_dump(exclude={"code", "region"}) | {"region": regions[row.region]}
    return Department.objects.update_or_create(code=row.code, defaults=values)[0]


def _load_staff(
    actor: Actor, row: StaffRow, departments: Mapping[str, Department], regions: Mapping[str, Region]
) -> None:
    values = {"name": row.name, "department": departments[row.department]}
    unusable = values | {"password": make_password(None)}
    staff, _ = Staff.objects.update_or_create(
        username=row.username, defaults=values, create_defaults=unusable
    )
    for post in row.posts:
        grant_post(
            actor,
            staff=staff,
            post=post.post,
            department=departments[post.department] if post.department else None,
            region=regions[post.region] if post.region else None,
        )
