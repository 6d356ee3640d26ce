"""Cases in every state, reached the way people reach them. Usable by other domains' tests."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.factories import make_published
from django.core.files.uploadedfile import SimpleUploadedFile
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, HallFactory, StaffFactory
from PIL import Image

from zhijian.cases import actions
from zhijian.cases.models import Case, CaseFile, CaseMaterial
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.corrections import Fault
from zhijian.cases.rules.states import State
from zhijian.catalog.models import ItemVersion
from zhijian.catalog.rules import apply_answers
from zhijian.core.clock import now
from zhijian.core.files import keep
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import Post

ANSWERS = {"home": "rent"}
FORM = {"name": "林试验", "address": "云州市试验路1号2单元301室"}
REASONS = "提交的材料与申请人的情况不符"
LAW = "《居住证暂行条例》第九条"
PICKUP = {"delivery_method": "pickup", "delivery": {"method": "pickup", "hall": "city"}}


@dataclass
class Office:
    """A department with one person a post, and a second case officer."""

    department: Department
    window: Staff
    officer: Staff
    colleague: Staff
    approver: Staff
    supervisor: Staff


def make_office(code: str = "ga", name: str = "云州市公安局") -> Office:
    department = DepartmentFactory(
        code=code,
        name=name,
        name_en="Yunzhou Public Security Bureau",
        short_name=name[3:],
        phone="0999-0110110",
    )

    def person(post: Post) -> Staff:
        return StaffFactory(department=department, posts=[post])

    return Office(
        department=department,
        window=person(Post.WINDOW_OFFICER),
        officer=person(Post.CASE_OFFICER),
        colleague=person(Post.CASE_OFFICER),
        approver=person(Post.APPROVER),
        supervisor=person(Post.SUPERVISOR),
    )


def make_citizen(**fields: Any) -> Citizen:
    return CitizenFactory(real_named=True, **fields)


def make_item_version(**changes: Any) -> ItemVersion:
    """A small item in force; its department and halls must be there (:func:`make_world` makes all)."""
    return make_published(**changes)


@dataclass
class World:
    office: Office
    version: ItemVersion
    citizen: Citizen


def make_world(**changes: Any) -> World:
    """An office, its item (``changes`` replace fields of the specification) and a citizen."""
    office = make_office()
    for code in ("city", "south"):
        HallFactory(code=code)
    return World(office, make_item_version(**changes), make_citizen())


def picture(colour: str = "red") -> SimpleUploadedFile:
    """A small sound photograph."""
    content = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(content, "JPEG")
    return SimpleUploadedFile("照片.jpg", content.getvalue(), "image/jpeg")


def give(case: Case, code: str) -> CaseFile:
    """A file for material ``code``, without the checks of an upload."""
    name = version(case.item_version_id).materials[code].name
    material, _ = CaseMaterial.objects.get_or_create(case=case, code=code, defaults={"name": name})
    file = keep(b"\xff\xd8\xff invented", name="材料.jpg", kind="case_material", mime="image/jpeg")
    return CaseFile.objects.create(case=case, material=material, file=file, created_at=now())


def draft_case(world: World, **fields: Any) -> Case:
    """Complete: only the submission is missing."""
    case, _ = actions.open_draft(
        world.citizen.actor, citizen=world.citizen, item_code=world.version.code, answers=ANSWERS
    )
    case = actions.save_form(world.citizen.actor, case=case, values=FORM | {"name": world.citizen.name})
    for material in apply_answers(version(case.item_version_id).spec, case.answers).materials:
        give(case, material.code)
    if fields:
        Case.objects.filter(pk=case.pk).update(**fields)
        case.refresh_from_db()
    return case


def submitted_case(world: World, **fields: Any) -> Case:
    return actions.submit(world.citizen.actor, case=draft_case(world, **fields), consent=True)


def corrected_case(world: World, **fields: Any) -> Case:
    """Waits for the citizen: the address and the lease are to be mended."""
    return actions.request_correction(
        world.office.window.actor,
        case=submitted_case(world, **fields),
        fields=[Fault("/address", "请写到门牌号")],
        materials=[Fault("lease", "缺少最后一页，请补拍")],
        note="其余材料已经通过",
    )


def rejected_case(world: World, **fields: Any) -> Case:
    return actions.reject(
        world.office.window.actor, case=submitted_case(world, **fields), reasons=REASONS, law=LAW
    )


def accepted_case(world: World, **fields: Any) -> Case:
    return actions.accept(world.office.window.actor, case=submitted_case(world, **fields))


def reviewing_case(world: World, **fields: Any) -> Case:
    return actions.begin_review(world.office.officer.actor, case=accepted_case(world, **fields))


def suspended_case(world: World, **fields: Any) -> Case:
    return actions.suspend(
        world.office.officer.actor, case=reviewing_case(world, **fields), ground="testing", reason="现场检测"
    )


def deciding_case(world: World, **fields: Any) -> Case:
    return actions.pass_review(
        world.office.officer.actor,
        case=reviewing_case(world, **fields),
        outcome="approve",
        opinion="符合条件",
    )


def approved_case(world: World, **fields: Any) -> Case:
    return actions.decide(
        world.office.approver.actor, case=deciding_case(world, **fields), outcome="approve", opinion="同意"
    )


def refused_case(world: World, **fields: Any) -> Case:
    return actions.decide(
        world.office.approver.actor,
        case=deciding_case(world, **fields),
        outcome="refuse",
        reasons=REASONS,
        law=LAW,
    )


def issuing_case(world: World, **fields: Any) -> Case:
    """Waits for the courier or the counter."""
    return actions.issue(world.office.window.actor, case=approved_case(world, **(PICKUP | fields)))


def delivering_case(world: World, **fields: Any) -> Case:
    return actions.deliver(world.office.window.actor, case=issuing_case(world, **fields))


def concluded_case(world: World, **fields: Any) -> Case:
    """Delivered electronically, so the citizen holds the licence."""
    return actions.issue(world.office.window.actor, case=approved_case(world, **fields))


def withdrawn_case(world: World, **fields: Any) -> Case:
    return actions.withdraw(world.citizen.actor, case=submitted_case(world, **fields), reason="不办了")


def returned_case(world: World, **fields: Any) -> Case:
    return actions.return_case(
        world.office.window.actor, case=submitted_case(world, **fields), reason="不属于本部门办理"
    )


def voided_case(world: World, **fields: Any) -> Case:
    return actions.void(
        world.office.approver.actor, case=concluded_case(world, **fields), reason="隐瞒情况", law=LAW
    )


def archived_case(world: World, **fields: Any) -> Case:
    return actions.archive(world.office.officer.actor, case=concluded_case(world, **fields))


IN_STATE: dict[State, Callable[..., Case]] = {
    State.DRAFT: draft_case,
    State.SUBMITTED: submitted_case,
    State.CORRECTION: corrected_case,
    State.REJECTED: rejected_case,
    State.ACCEPTED: accepted_case,
    State.REVIEWING: reviewing_case,
    State.SUSPENDED: suspended_case,
    State.DECIDING: deciding_case,
    State.APPROVED: approved_case,
    State.REFUSED: refused_case,
    State.ISSUING: issuing_case,
    State.DELIVERING: delivering_case,
    State.CONCLUDED: concluded_case,
    State.WITHDRAWN: withdrawn_case,
    State.RETURNED: returned_case,
    State.VOIDED: voided_case,
    State.ARCHIVED: archived_case,
}


def case_in(state: State, world: World, **fields: Any) -> Case:
    case = IN_STATE[state](world, **fields)
    assert case.state == state
    return case
