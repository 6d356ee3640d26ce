"""A sign that no font has: nothing is sealed, nobody is told of a result, the officer sees why, and it is tried again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from cases.factories import World, approved_case, corrected_case, make_citizen, make_world, submitted_case
from django.test import Client

from zhijian.cases import actions, tasks
from zhijian.cases.models import Case
from zhijian.cases.rules.states import State
from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem
from zhijian.core.models import HeldPaper
from zhijian.core.pdf import typesetting
from zhijian.licences import actions as licences
from zhijian.licences import tasks as licence_tasks
from zhijian.licences.models import Licence

pytestmark = pytest.mark.django_db
NAME = "张𪡏"


@contextmanager
def machine_without_rare_fonts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "_SYSTEM_FONTS", False)
        typesetting.forget_fonts()
        yield
    typesetting.forget_fonts()


@pytest.fixture
def world() -> World:
    return make_world()


def opened(client: Client, world: World, case: Case) -> str:
    client.force_login(world.office.window)
    return client.get(f"/console/cases/{case.number}/").content.decode()


def test_no_licence_is_issued_that_cannot_be_printed(client: Client, world: World) -> None:
    world.citizen = make_citizen(name=NAME)
    case = approved_case(world)
    with machine_without_rare_fonts(), pytest.raises(Problem) as refusal:
        actions.issue(world.office.window.actor, case=case)
    assert refusal.value.code == "licences.not_printable"
    assert "𪡏（U+2A84F）" in refusal.value.detail
    assert "安装" in refusal.value.detail
    assert not Licence.objects.exists()
    case.refresh_from_db()
    assert case.state == State.APPROVED  # the citizen is told of nothing, and it can be done again
    issued = actions.issue(world.office.window.actor, case=case)
    assert issued.result.licence.content["facts"][0] == ["姓名", NAME]


def test_an_officer_reads_the_refusal_where_the_result_is_made(client: Client, world: World) -> None:
    world.citizen = make_citizen(name=NAME)
    case = approved_case(world)
    client.force_login(world.office.window)
    with machine_without_rare_fonts():
        answer = client.post(
            f"/console/cases/{case.number}/actions/issue/", headers={"HX-Request": "true"}
        ).content.decode()
    assert "有的字印不出来" in answer
    assert "U+2A84F" in answer


def test_a_notice_waits_for_its_font_and_is_then_made(client: Client, world: World) -> None:
    case = corrected_case(world)
    case.correction.note = "请写明“𪡏”字的读音"
    case.correction.save()
    with machine_without_rare_fonts():
        tasks.make_paper.func(
            case_id=case.public_id, number=case.number, state=case.state, action="request_correction"
        )
        assert not case.documents.filter(kind="correction").exists()
        assert HeldPaper.objects.get().missing == "𪡏"
        page = opened(client, world, case)
        assert "补正告知书还没有生成" in page
        assert "U+2A84F" in page
        tasks.make_held_papers.func()
        assert HeldPaper.objects.count() == 1
    tasks.make_held_papers.func()
    assert case.documents.filter(kind="correction").exists()
    assert not HeldPaper.objects.exists()
    assert "还没有生成" not in opened(client, world, case)


def test_a_licence_whose_font_was_taken_away_waits_as_well(world: World) -> None:
    world.citizen = make_citizen(name=NAME)
    case = actions.issue(world.office.window.actor, case=approved_case(world))
    licence = case.result.licence
    with machine_without_rare_fonts():
        licence_tasks.make_document.func(licence_id=licence.public_id, case_number="")
        licence.refresh_from_db()
        assert licence.file is None
        assert HeldPaper.objects.get().kind == "licence"
    licence_tasks.make_held_papers.func()
    licence.refresh_from_db()
    assert licence.file is not None
    assert licences.make_document(SYSTEM, licence_id=licence.public_id) == licence
    assert not HeldPaper.objects.exists()


def test_the_citizen_is_told_in_words_when_asking_for_the_paper(
    world: World, run_tasks: Callable[[], int]
) -> None:
    case = submitted_case(world)
    case.citizen.name = NAME[::-1]
    Case.objects.filter(pk=case.pk).update(item_name="为“𪡏”字申请")
    with machine_without_rare_fonts():
        run_tasks()  # the submission itself went through
        with pytest.raises(Problem) as refusal:
            actions.make_document(case=case, kind="receipt")
    assert (refusal.value.code, refusal.value.status) == ("pdf.missing_glyph", 503)
    assert "自动生成" in refusal.value.detail
    assert "𪡏" not in refusal.value.detail
