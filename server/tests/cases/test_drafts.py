"""Drafts: opened once, saved always, told of changes, never lost."""

from typing import Any

import pytest
from cases.factories import ANSWERS, FORM, World, corrected_case, draft_case, make_citizen, make_world
from catalog.factories import make_published, make_spec, spec_data
from identity.factories import CitizenFactory
from support.rows import changed, stored

from zhijian.audit.models import AuditEntry
from zhijian.cases import actions, errors
from zhijian.cases.models import Case, CaseFile
from zhijian.cases.queries import changed_since
from zhijian.catalog.actions import ITEMS, publish, save_draft
from zhijian.catalog.errors import ItemNotFound, UnknownAnswer
from zhijian.core.actor import SYSTEM
from zhijian.core.files import StoredFile
from zhijian.identity.errors import RealNameNeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def open_draft(world: World, **answers: str) -> tuple[Case, bool]:
    return actions.open_draft(
        world.citizen.actor, citizen=world.citizen, item_code=world.version.code, answers=answers
    )


def save(world: World, case: Case, values: dict[str, Any], page: str = "") -> Case:
    return actions.save_form(world.citizen.actor, case=case, values=values, page=page)


def test_a_draft_points_at_the_version_in_force(world: World) -> None:
    case, created = open_draft(world, home="rent")
    assert created
    assert case.item_version == world.version
    assert case.department == world.office.department
    assert case.number is None


def test_the_open_draft_is_found_again_with_new_answers(world: World) -> None:
    first, _ = open_draft(world, home="rent")
    save(world, first, FORM)
    again, created = open_draft(world, home="own")
    assert not created
    assert again.pk == first.pk
    assert again.answers == {"home": "own"}
    assert again.form == FORM


def test_only_a_person_whose_name_is_confirmed_may_apply(world: World) -> None:
    citizen = CitizenFactory()
    with pytest.raises(RealNameNeeded):
        actions.open_draft(citizen.actor, citizen=citizen, item_code=world.version.code, answers={})


def test_an_item_that_is_not_online(world: World) -> None:
    make_published(code="990100000709002002", handling="visit", online=False)
    with pytest.raises(errors.NotOnline):
        actions.open_draft(
            world.citizen.actor, citizen=world.citizen, item_code="990100000709002002", answers={}
        )


def test_an_unknown_item_or_answer(world: World) -> None:
    with pytest.raises(ItemNotFound):
        actions.open_draft(world.citizen.actor, citizen=world.citizen, item_code="404", answers={})
    with pytest.raises(UnknownAnswer):
        open_draft(world, home="castle")
    assert not Case.objects.exists()


def test_an_answer_that_cannot_be_handled_online() -> None:
    questions = spec_data()["questions"]
    questions[0]["options"][1]["blocks"] = "自有住房请到大厅办理"
    world = make_world(questions=questions)
    with pytest.raises(errors.SituationBlocks, match="自有住房请到大厅办理"):
        open_draft(world, home="own")


def test_autosave_merges_and_keeps_what_is_wrong(world: World) -> None:
    case, _ = open_draft(world)
    save(world, case, {"name": "林试验"})
    saved = save(world, case, {"people": "三个"}, page="person")
    assert saved.form == {"name": "林试验", "people": "三个"}
    assert saved.page == "person"
    assert saved.revision == 2
    assert save(world, case, {"people": None}).form == {"name": "林试验"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"evil": 1}, "unknown_field"),
        ({"name": "长" * 1_000_000}, "too_long"),
        ({"name": {"a": {"b": {"c": {"d": {"e": 1}}}}}}, "too_deep"),
        ({"name": [["x"] * 3000]}, "too_large"),
        ({"name": "a\x00b"}, "bad_characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_lost(
    world: World, values: dict[str, Any], code: str
) -> None:
    case, _ = open_draft(world)
    save(world, case, {"name": "林试验"})
    with pytest.raises(errors.FormWrong) as refused:
        save(world, case, values)
    assert [error.code for error in refused.value.fields] == [code]
    assert Case.objects.get(pk=case.pk).form == {"name": "林试验"}


def test_another_person_s_draft_is_not_found_and_the_attempt_audited(world: World) -> None:
    case, _ = open_draft(world)
    stranger = make_citizen()
    with pytest.raises(errors.CaseNotFound) as refused:
        actions.save_form(stranger.actor, case=case, values=FORM)
    refused.value.tell()
    assert AuditEntry.objects.filter(
        action="case.foreign", outcome="refused", actor_key=stranger.public_id
    ).exists()


def test_only_named_fields_change_while_correcting(world: World) -> None:
    case = corrected_case(world)
    saved = save(world, case, {"address": "云州市试验路1号2单元301室A", "name": FORM["name"]})
    assert saved.form["address"].endswith("A")
    with pytest.raises(errors.NotInCorrection):
        save(world, case, {"name": "林更名"})


@pytest.mark.parametrize(
    ("delivery", "method"),
    [
        ({"method": "electronic"}, "electronic"),
        ({"method": "pickup", "hall": "city"}, "pickup"),
    ],
)
def test_delivery(world: World, delivery: dict[str, str], method: str) -> None:
    case, _ = open_draft(world)
    chosen = actions.set_delivery(world.citizen.actor, case=case, delivery=delivery)
    assert chosen.delivery_method == method
    assert Case.objects.get(pk=case.pk).delivery == delivery


def test_a_courier_that_the_item_does_not_offer(world: World) -> None:
    case, _ = open_draft(world)
    with pytest.raises(errors.DeliveryWrong):
        actions.set_delivery(world.citizen.actor, case=case, delivery={"method": "courier"})


def test_a_deleted_draft_leaves_no_file(world: World) -> None:
    case = draft_case(world)
    actions.discard(world.citizen.actor, case=case)
    assert not Case.objects.exists()
    assert not CaseFile.objects.exists()
    assert not StoredFile.objects.filter(kind="case_material").exists()


def republish(**changes: Any) -> None:
    item = save_draft(SYSTEM, spec=make_spec(**changes))
    publish(SYSTEM, item=item)


def test_a_changed_item_is_told_and_submission_waits(world: World) -> None:
    case = draft_case(world)
    materials = [*spec_data()["materials"], {"code": "photo", "name": "近期照片"}]
    republish(materials=materials)
    case.refresh_from_db()
    changed = changed_since(case)
    assert changed
    assert changed.changes == ["新增材料“近期照片”"]
    with pytest.raises(errors.ItemChanged) as refused:
        actions.submit(world.citizen.actor, case=case, consent=True)
    assert refused.value.extra == {"changes": ["新增材料“近期照片”"]}


def test_refreshing_keeps_what_still_fits(world: World) -> None:
    case = draft_case(world)
    pages = spec_data()["form"]["pages"][0]
    form = {
        "pages": [pages | {"fields": [pages["fields"][0], {"name": "job", "type": "text", "label": "职业"}]}]
    }
    republish(form=form, materials=spec_data()["materials"][1:])
    fresh = actions.refresh(world.citizen.actor, case=case)
    assert changed_since(fresh) is None
    assert fresh.form == {"name": FORM["name"]}
    assert fresh.answers == ANSWERS
    assert list(fresh.materials.values_list("code", flat=True)) == ["lease"]
    assert actions.refresh(world.citizen.actor, case=fresh).item_version_id == fresh.item_version_id


def test_refreshing_drops_what_the_rows_of_a_group_no_longer_have(world: World) -> None:
    case = draft_case(world)
    pages = spec_data()["form"]["pages"][0]

    def group(*names: str) -> dict[str, Any]:
        inner = [{"name": name, "type": "text", "label": name} for name in names]
        family = {"name": "family", "type": "group", "label": "家庭成员", "fields": inner}
        return {"pages": [pages | {"fields": [*pages["fields"], family]}]}

    republish(form=group("called", "work"))
    case = actions.refresh(world.citizen.actor, case=case)
    rows = [{"called": "张一", "work": "教师"}, {"called": "张二"}]
    actions.save_form(world.citizen.actor, case=case, values=FORM | {"family": rows})
    republish(form=group("called"))
    fresh = actions.refresh(world.citizen.actor, case=case)
    assert fresh.form == FORM | {"family": [{"called": "张一"}, {"called": "张二"}]}
    actions.submit(world.citizen.actor, case=fresh, consent=True)


def _only_the_city_hall() -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = spec_data()["questions"]
    questions[0]["options"][0]["halls"] = ["city"]
    return questions


@pytest.mark.parametrize(
    ("delivery", "changes"),
    [
        (
            {"method": "courier", "address": "某路1号", "receiver": "林试验", "phone": "19900000001"},
            {"courier": False},
        ),
        ({"method": "pickup", "hall": "south"}, {"questions": _only_the_city_hall()}),
    ],
)
def test_refreshing_drops_a_delivery_that_the_new_version_lacks(
    delivery: dict[str, str], changes: dict[str, Any]
) -> None:
    world = make_world(courier=True)
    case = actions.set_delivery(world.citizen.actor, case=draft_case(world), delivery=delivery)
    before = stored(case)
    assert before["delivery"] == delivery
    republish(**({"courier": True} | changes))
    actions.refresh(world.citizen.actor, case=case)
    found = changed(before, case)
    assert {name: found[name] for name in ("delivery", "delivery_method")} == {
        "delivery": {},
        "delivery_method": "electronic",
    }
    assert found.keys() <= {"delivery", "delivery_method", "item_version_id", "revision", "updated_at"}


def test_a_withdrawn_item_refuses_but_the_draft_stays(world: World) -> None:
    case = draft_case(world)
    ITEMS.end(SYSTEM, world.version.item, reason="依据废止")
    case.refresh_from_db()
    changed = changed_since(case)
    assert changed
    assert changed.current is None
    for call in (
        lambda: actions.submit(world.citizen.actor, case=case, consent=True),
        lambda: actions.refresh(world.citizen.actor, case=case),
    ):
        with pytest.raises(errors.ItemWithdrawn):
            call()
    assert Case.objects.get(pk=case.pk).form == FORM
