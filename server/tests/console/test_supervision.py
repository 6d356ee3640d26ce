"""电子监察 over HTTP: findings, table behind the chart, lists without anything of applicants."""

from datetime import timedelta
from itertools import product

import pytest
from cases.factories import World, case_in, make_citizen, make_world, reviewing_case, submitted_case
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zhijian.cases.console.supervision import bars, finding
from zhijian.cases.models import Case
from zhijian.cases.queries.desk import watched
from zhijian.cases.queries.staff import lit
from zhijian.cases.queries.stages import standing
from zhijian.cases.queries.supervision import DepartmentFigures, figures, figures_by_department
from zhijian.cases.rules.states import OPEN, State
from zhijian.core.clock import now
from zhijian.core.lights import Light

pytestmark = pytest.mark.django_db
PAGE = "/console/supervision/"


@pytest.fixture
def world() -> World:
    return make_world()


def _figures(name: str, **counts: int) -> DepartmentFigures:
    whole = {"open": 0, "overdue": 0, "near_due": 0, "paused": 0, "decided": 0, "decided_in_time": 0}
    return DepartmentFigures(code=name, name=name, **(whole | counts))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "现在没有在办的办件"),
        ([_figures("甲局", open=3)], "3 件在办，全部在时限之内"),
        ([_figures("甲局", open=3, near_due=1)], "没有超期；1 件临期，甲局最多（1 件）"),
        (
            [_figures("甲局", open=3, overdue=1), _figures("乙局", open=5, overdue=2, near_due=1)],
            "3 件已超期，乙局最多（2 件）；另有 1 件临期",
        ),
    ],
)
def test_the_title_is_the_finding(rows: list[DepartmentFigures], said: str) -> None:
    assert finding(rows) == said


def test_bars_are_drawn_against_the_longest_and_add_up() -> None:
    drawn = bars([_figures("甲局", open=4, overdue=1, paused=1), _figures("乙局", open=2), _figures("丙局")])
    assert [bar.name for bar in drawn] == ["甲局", "乙局"]
    assert [part.count for part in drawn[0].parts] == [1, 0, 2, 1]
    assert sum(part.share for part in drawn[0].parts) == 100
    assert sum(part.share for part in drawn[1].parts) == 50


def test_overdue_cases_are_listed_by_post_without_the_applicant(client: Client, world: World) -> None:
    late = reviewing_case(world)
    Case.objects.filter(pk=late.pk).update(
        due_at=now() - timedelta(days=3), sort_at=now() - timedelta(days=3)
    )
    calm = submitted_case(world)
    client.force_login(world.office.supervisor)
    page = client.get(PAGE, {"light": "red"}).content.decode()
    assert late.number in page
    assert calm.number not in page
    assert "1 件已超期" in page
    assert "经办人员" in page
    assert world.citizen.masked_name not in page
    assert f"/console/cases/{late.number}/" not in page


def test_one_department_can_be_looked_at_alone(client: Client, world: World) -> None:
    case = submitted_case(world)
    client.force_login(world.office.supervisor)
    page = client.get(PAGE, {"department": world.office.department.code}).content.decode()
    assert f"{world.office.department.name}：全部在办办件" in page
    assert case.number in page
    assert case.number not in client.get(PAGE, {"department": "elsewhere"}).content.decode()


def test_a_table_stands_behind_the_chart(client: Client, world: World) -> None:
    submitted_case(world)
    client.force_login(world.office.supervisor)
    page = client.get(PAGE).content.decode()
    assert "各部门在办件数" in page
    assert "单位：件" in page


@pytest.mark.parametrize("light", ["purple", "", "red", "yellow"])
def test_an_unknown_filter_filters_nothing(client: Client, world: World, light: str) -> None:
    client.force_login(world.office.supervisor)
    assert client.get(PAGE, {"light": light}).status_code == 200


def test_queries_stay_few(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        submitted_case(world)
    client.force_login(world.office.supervisor)
    with django_assert_max_num_queries(10):
        client.get(PAGE)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_figure_list_and_lamps_follow_one_rule(client: Client, world: World, state: State) -> None:
    """Whatever ends a case of this state has, stored by whatever item."""
    moment = now()
    ends = [None, moment - timedelta(days=1), moment + timedelta(hours=2), moment + timedelta(days=30)]
    case, made = case_in(state, world), []
    for due_at, decision_due_at in product(ends, ends):
        if made:
            case = case_in(state, World(world.office, world.version, make_citizen()))
        made.append(case)
        warns = {
            name: due and due - timedelta(days=1)
            for name, due in (("warn_at", due_at), ("decision_warn_at", decision_due_at))
        }
        Case.objects.filter(pk=case.pk).update(due_at=due_at, decision_due_at=decision_due_at, **warns)
    boss, stored = world.office.supervisor, list(Case.objects.all())
    for light in Light:
        lit_up = {one.pk for one in stored if standing(one, now()).light == light}
        assert {one.pk for one in watched(boss, light=light, size=100).items} == lit_up, light
        assert set(Case.objects.filter(lit(light, now())).values_list("pk", flat=True)) == lit_up, light
    red = [one for one in stored if standing(one, now()).light == Light.RED]
    assert figures(boss).overdue == len(red)
    assert sum(row.overdue for row in figures_by_department(boss)) == len(red)
    client.force_login(boss)
    page = client.get(PAGE, {"light": "red"}).content.decode()
    assert page.count('class="light red"') == len(red)


def test_the_supervisors_first_page_says_what_is_overdue(client: Client, world: World) -> None:
    Case.objects.filter(pk=reviewing_case(world).pk).update(due_at=now() - timedelta(days=3))
    client.force_login(world.office.supervisor)
    page = client.get("/console/").content.decode()
    assert "监察：已超期</span><b>1</b>" in page
    assert f"{PAGE}?light=red" in page
    client.force_login(world.office.officer)
    assert "监察：已超期" not in client.get("/console/").content.decode()
