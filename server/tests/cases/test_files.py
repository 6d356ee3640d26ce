"""Materials: uploaded once, limited, reused, and only where they are asked."""

import pytest
from cases.factories import (
    World,
    concluded_case,
    corrected_case,
    draft_case,
    make_citizen,
    make_world,
    picture,
    submitted_case,
)
from catalog.factories import make_published, spec_data
from django.core.files.uploadedfile import SimpleUploadedFile
from licences.factories import LicenceFactory

from zhijian.cases import actions, errors
from zhijian.cases.models import Case, CaseFile, CaseMaterial
from zhijian.cases.queries.reuse import reusable, saved_materials
from zhijian.cases.queries.versions import version
from zhijian.core.errors import Problem
from zhijian.core.files import StoredFile, keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def draft(world: World) -> Case:
    case, _ = actions.open_draft(
        world.citizen.actor, citizen=world.citizen, item_code=world.version.code, answers={"home": "rent"}
    )
    return case


def attach(world: World, case: Case, code: str = "id_card", upload_id: str = "") -> CaseFile:
    return actions.attach(world.citizen.actor, case=case, code=code, upload=picture(), upload_id=upload_id)


def test_an_upload_is_kept_with_its_material(world: World, draft: Case) -> None:
    given = attach(world, draft)
    assert given.material.code == "id_card"
    assert given.material.name == "居民身份证"
    assert given.file.mime == "image/jpeg"
    assert given.source == CaseFile.Source.UPLOAD


def test_sending_an_upload_again_gives_the_same_file(world: World, draft: Case) -> None:
    first, again = attach(world, draft, upload_id="phone-1"), attach(world, draft, upload_id="phone-1")
    assert first.pk == again.pk
    assert StoredFile.objects.filter(kind="case_material").count() == 1


@pytest.mark.parametrize("code", ["deed", "tax_record"])
def test_a_material_that_the_situation_does_not_ask(world: World, draft: Case, code: str) -> None:
    with pytest.raises(errors.MaterialNotAsked):
        attach(world, draft, code)
    assert not StoredFile.objects.filter(kind="case_material").exists()


def test_the_number_of_files_is_limited() -> None:
    materials = [spec_data()["materials"][0] | {"max_files": 2}]
    world = make_world(materials=materials, questions=[])
    case, _ = actions.open_draft(
        world.citizen.actor, citizen=world.citizen, item_code=world.version.code, answers={}
    )
    attach(world, case)
    attach(world, case)
    with pytest.raises(errors.TooManyFiles, match="最多2个文件"):
        attach(world, case)


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (SimpleUploadedFile("a.pdf", b"MZ\x90\x00 an executable"), "files.type_not_allowed"),
        (SimpleUploadedFile("a.pdf", b""), "files.empty"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 no picture"), "files.damaged"),
    ],
)
def test_bad_files_leave_nothing_behind(
    world: World, draft: Case, upload: SimpleUploadedFile, code: str
) -> None:
    with pytest.raises(Problem) as refused:
        actions.attach(world.citizen.actor, case=draft, code="id_card", upload=upload, upload_id="x")
    assert refused.value.code == code
    assert not CaseMaterial.objects.exists()


def test_a_removed_file_is_gone(world: World, draft: Case) -> None:
    given = attach(world, draft)
    actions.remove(world.citizen.actor, case=draft, file_id=given.public_id)
    assert not StoredFile.objects.filter(kind="case_material").exists()
    with pytest.raises(errors.FileNotFound):
        actions.remove(world.citizen.actor, case=draft, file_id=given.public_id)


def test_nothing_is_given_after_submission(world: World) -> None:
    case = submitted_case(world)
    with pytest.raises(errors.StateForbids):
        attach(world, case)
    file = case.files.first()
    assert file
    with pytest.raises(errors.StateForbids):
        actions.remove(world.citizen.actor, case=case, file_id=file.public_id)


def test_while_correcting_only_what_the_notice_names(world: World) -> None:
    case = corrected_case(world)
    assert attach(world, case, "lease")
    with pytest.raises(errors.NotInCorrection):
        attach(world, case, "id_card")


def test_another_person_cannot_give_files(world: World, draft: Case) -> None:
    with pytest.raises(errors.CaseNotFound):
        actions.attach(
            make_citizen().actor, case=draft, code="id_card", upload=picture(), upload_id="phone-1"
        )


def suggestions(case: Case) -> list[tuple[str, str]]:
    asked = list(version(case.item_version_id).materials.values())
    return [(found.material_code, found.kind) for found in reusable(case, asked)]


def test_what_the_office_has_seen_is_not_asked_again(world: World) -> None:
    earlier = submitted_case(world)
    case = draft_case(world)
    assert suggestions(case) == [("id_card", "file"), ("lease", "file")]
    held = earlier.files.get(material__code="lease")
    case.files.filter(material__code="lease").delete()
    given = actions.reuse(world.citizen.actor, case=case, code="lease", kind="file", reference=held.public_id)
    assert given.file == held.file
    again = actions.reuse(world.citizen.actor, case=case, code="lease", kind="file", reference=held.public_id)
    assert again.pk == given.pk
    submitted = actions.submit(world.citizen.actor, case=case, consent=True)
    assert submitted.reused_count == 1
    assert submitted.required_count == 2
    assert saved_materials(world.citizen) == 1


def test_a_held_licence_satisfies_a_material(world: World, draft: Case) -> None:
    licence = LicenceFactory(
        citizen=world.citizen,
        department=world.office.department,
        licence_type="id_card",
        valid_to=None,
        file=keep(b"%PDF-1.7 invented", name="证.pdf", kind="licence"),
        digest="0" * 64,
    )
    assert ("id_card", "licence") in suggestions(draft)
    given = actions.reuse(
        world.citizen.actor, case=draft, code="id_card", kind="licence", reference=licence.public_id
    )
    assert given.licence == licence
    assert given.file == licence.file
    actions.remove(world.citizen.actor, case=draft, file_id=given.public_id)
    assert StoredFile.objects.filter(pk=licence.file_id).exists()


def test_what_cannot_be_reused(world: World, draft: Case) -> None:
    stranger = World(world.office, world.version, make_citizen())
    foreign = submitted_case(stranger).files.get(material__code="lease")
    expired = LicenceFactory(
        citizen=world.citizen, department=world.office.department, licence_type="id_card"
    )
    for kind, reference in (("file", foreign.public_id), ("licence", expired.public_id), ("file", "nothing")):
        with pytest.raises(errors.NotReusable):
            actions.reuse(world.citizen.actor, case=draft, code="id_card", kind=kind, reference=reference)


def test_a_reused_file_outlives_the_draft_that_borrowed_it(world: World) -> None:
    held = submitted_case(world).files.get(material__code="lease")
    case = draft_case(world)
    actions.reuse(world.citizen.actor, case=case, code="lease", kind="file", reference=held.public_id)
    actions.discard(world.citizen.actor, case=case)
    assert StoredFile.objects.filter(pk=held.file_id).exists()


def test_the_result_of_one_case_serves_the_next(world: World, run_tasks: object) -> None:
    concluded_case(world)
    run_tasks()  # type: ignore[operator]
    make_published(
        code="990100000709003001",
        materials=[{"code": "permit", "name": "居住证", "licence_type": "residence_permit"}],
        questions=[],
    )
    case, _ = actions.open_draft(
        world.citizen.actor, citizen=world.citizen, item_code="990100000709003001", answers={}
    )
    assert suggestions(case) == [("permit", "licence")]
