"""Nobody applies in another's name: the confirmed identity in a form is the applicant's, whatever is sent."""

from pathlib import Path
from typing import Any

import pytest
from cases.factories import FORM, World, corrected_case, draft_case, give, make_world
from catalog.factories import make_published
from demo import city
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from identity.factories import bearer, id_number

from zhijian.cases import actions, errors
from zhijian.cases.models import Case
from zhijian.cases.presenting.detail import present_detail
from zhijian.cases.queries import whole
from zhijian.cases.rules import verified
from zhijian.cases.rules.corrections import Fault
from zhijian.catalog.codes import Handling
from zhijian.catalog.form_spec import FormField
from zhijian.catalog.spec import ItemSpec
from zhijian.core import names, numbers
from zhijian.core.clock import now
from zhijian.core.workdays import Workdays

OTHER = {"citizen.name": "黄试验", "citizen.id_number": id_number(77, born="19550505")}


def own_fields(spec: ItemSpec) -> list[FormField]:
    return [field for page in spec.form.pages for field in page.fields if field.verified]


ONLINE = [
    path
    for path in city.ITEM_FILES
    if city.item(path).handling == Handling.ONLINE and own_fields(city.item(path))
]


@pytest.fixture
def world() -> World:
    return make_world()


def save(world: World, case: Case, values: dict[str, Any]) -> Case:
    return actions.save_form(world.citizen.actor, case=case, values=values)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ONLINE, ids=lambda path: path.stem)
def test_no_item_of_the_city_takes_another_persons_name_or_number(
    world: World, client: Client, path: Path
) -> None:
    spec = city.item(path)
    make_published(code=spec.code, form=spec.form.model_dump(mode="json"), questions=[], materials=[])
    case, _ = actions.open_draft(world.citizen.actor, citizen=world.citizen, item_code=spec.code, answers={})
    signed = bearer(world.citizen)
    for field in own_fields(spec):
        body = {"values": {field.name: OTHER[field.prefill]}}
        address = f"/api/v1/cases/{case.public_id}/form"
        answer = client.patch(address, body, content_type="application/json", headers=signed)
        assert answer.status_code == 422, field.name
        (fault,) = answer.json()["fields"]
        assert (fault["path"], fault["code"]) == (f"/{field.name}", "verified_identity")
        assert "大厅" in fault["message"]
        shown = client.get(f"/api/v1/cases/{case.public_id}", headers=signed).json()
        assert shown["prefill"][field.name]["locked"]
    case.refresh_from_db()
    assert case.form == {}


fields = st.builds(
    FormField,
    name=st.sampled_from(["a", "b", "c"]),
    label=st.just("甲"),
    type=st.sampled_from(["text", "id_number", "phone"]),
    prefill=st.sampled_from(["", "citizen.name", "citizen.id_number", "citizen.phone"]),
)
typed = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.lists(st.text(max_size=3)))


@given(
    form=st.lists(fields, max_size=3, unique_by=lambda field: field.name),
    values=st.dictionaries(st.sampled_from(["a", "b", "c"]), typed),
)
def test_of_any_form_only_ones_own_identity_is_kept(form: list[FormField], values: dict[str, Any]) -> None:
    asked = {field.name: field for field in form}
    own = verified.own_values(asked, name="林试验", id_number="990102199001150413")
    kept = verified.set_anew(values, own)
    for name, field in asked.items():
        if field.verified:
            assert kept[name] == own[name]
    named = {fault.path[1:] for fault in verified.others(values, own, asked)}
    assert named <= set(own)
    assert named == {name for name in own if values.get(name) not in (None, "", own[name])} - {
        name for name in own if isinstance(values.get(name), str) and own[name] in _read(values[name])
    }


def _read(text: str) -> set[str]:
    return {names.person(text), numbers.id_number(text)}


@pytest.mark.django_db
class TestDraft:
    def test_ones_own_name_in_another_spelling_is_stored_as_the_register_has_it(self, world: World) -> None:
        case = save(world, draft_case(world), {"name": " 林\u200b 试验 "})
        assert case.form["name"] == world.citizen.name

    def test_a_contact_phone_is_no_identity(self, world: World) -> None:
        form = {"pages": [{"key": "p", "title": "页", "fields": [
            {"name": "phone", "type": "phone", "label": "电话", "prefill": "citizen.phone"}]}]}  # fmt: skip
        item = make_published(code="990100000709002009", form=form, questions=[], materials=[])
        case, _ = actions.open_draft(
            world.citizen.actor, citizen=world.citizen, item_code=item.code, answers={}
        )
        assert save(world, case, {"phone": "+86 199-0000-7010"}).form == {"phone": "19900007010"}

    def test_what_an_older_draft_says_is_set_anew(self, world: World) -> None:
        case = draft_case(world, form=FORM | {"name": "黄试验"})
        shown = present_detail(whole(case), now(), Workdays.load())
        assert shown.form.values["name"] == world.citizen.name
        sent = actions.submit(world.citizen.actor, case=case, consent=True)
        assert sent.form["name"] == world.citizen.name

    def test_a_name_longer_than_the_form_allows_is_still_ones_name(self, world: World) -> None:
        case = draft_case(world, form={"address": FORM["address"]})
        world.citizen.name = "林" * 31
        world.citizen.save()
        assert actions.submit(world.citizen.actor, case=case, consent=True).form["name"] == "林" * 31


@pytest.mark.django_db
class TestCorrection:
    def test_what_was_handed_in_stays_until_the_office_names_it(self, world: World) -> None:
        case = corrected_case(world)
        Case.objects.filter(pk=case.pk).update(form=FORM | {"name": "黄试验"})
        give(case, "lease")
        save(world, case, {"address": "云州市试验路1号2单元302室"})
        assert actions.resubmit(world.citizen.actor, case=case).form["name"] == "黄试验"

    def test_a_named_one_becomes_the_applicants(self, world: World) -> None:
        sent = actions.submit(world.citizen.actor, case=draft_case(world), consent=True)
        Case.objects.filter(pk=sent.pk).update(form=FORM | {"name": "黄试验"})
        case = actions.request_correction(
            world.office.window.actor,
            case=sent,
            fields=[Fault("/name", "与本人不一致")],
            materials=[],
            note="",
        )
        with pytest.raises(errors.FormWrong):
            save(world, case, {"name": "王试验"})
        assert actions.resubmit(world.citizen.actor, case=case).form["name"] == world.citizen.name
