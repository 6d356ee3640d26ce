"""Routing: an ordered table, the first match wins; properties for any table and any ticket."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tickets.factories import City, make_category, make_city, make_rule, submitted

from zhijian.tickets import actions, errors
from zhijian.tickets.actions.tables import Routing, save_routing
from zhijian.tickets.models import RoutingRule
from zhijian.tickets.queries.routing import suggest
from zhijian.tickets.rules.routing import Rule, Subject, matches, route

KNOWN = frozenset({"cg", "ga", "rs"})
_codes = st.sampled_from(["cg", "ga", "rs", "gone"])
_few = lambda *words: st.lists(st.sampled_from(words), max_size=2, unique=True).map(tuple)  # noqa: E731
_times = st.one_of(st.none(), st.times().map(lambda at: at.replace(tzinfo=None)))


@st.composite
def rules(draw: Any) -> Rule:
    starts, ends = draw(_times), draw(_times)
    return Rule(
        position=draw(st.integers(1, 50)),
        department=draw(_codes),
        kinds=draw(_few("report", "complaint")),
        categories=draw(_few("street", "lamp", "noise")),
        regions=draw(_few("990100", "990102")),
        starts=starts if ends else None,
        ends=ends if starts else None,
        working=draw(st.sampled_from([None, True, False])),
        auto=draw(st.booleans()),
    )


subjects = st.builds(
    Subject,
    kind=st.sampled_from(["report", "complaint", "praise"]),
    categories=st.sampled_from([("lamp", "street"), ("noise",), ("other",)]),
    regions=st.sampled_from([(), ("990102", "990100"), ("990103", "990100")]),
    at=st.times(),
    working=st.booleans(),
)
tables = st.lists(rules(), max_size=8, unique_by=lambda rule: rule.position)


@given(tables, subjects)
def test_always_an_answer_and_always_a_known_department(table: list[Rule], subject: Subject) -> None:
    found = route(table, subject, known=KNOWN, fallback="rs")
    assert found.department in KNOWN
    if found.position is None:
        assert (found.department, found.auto) == ("rs", False)


@given(tables, subjects, st.randoms())
def test_the_order_of_rows_in_memory_does_not_matter(
    table: list[Rule], subject: Subject, random: Any
) -> None:
    shuffled = list(table)
    random.shuffle(shuffled)
    assert route(table, subject, known=KNOWN, fallback="rs") == route(
        shuffled, subject, known=KNOWN, fallback="rs"
    )


@given(tables, subjects)
def test_the_first_that_matches_wins(table: list[Rule], subject: Subject) -> None:
    fitting = [rule for rule in table if rule.department in KNOWN and matches(rule, subject)]
    found = route(table, subject, known=KNOWN, fallback="rs")
    assert found.position == min((rule.position for rule in fitting), default=None)


@given(rules(), subjects)
def test_a_rule_without_conditions_matches_everything(rule: Rule, subject: Subject) -> None:
    assert matches(Rule(position=rule.position, department=rule.department), subject)


@pytest.mark.parametrize(
    ("starts", "ends", "at", "inside"),
    [
        (time(9), time(17), time(9), True),
        (time(9), time(17), time(17), False),
        (time(22), time(6), time(23), True),
        (time(22), time(6), time(5, 59), True),
        (time(22), time(6), time(6), False),
        (time(22), time(6), time(12), False),
    ],
)
def test_times_of_day(starts: time, ends: time, at: time, inside: bool) -> None:
    subject = Subject("report", ("lamp",), (), at, working=True)
    assert matches(Rule(1, "cg", starts=starts, ends=ends), subject) is inside


@pytest.fixture
def city(db: None) -> City:
    return make_city()


def test_a_rule_for_a_branch_takes_its_leaves_and_sends_at_once(city: City) -> None:
    street = make_category("street", name="街面")
    leaf = make_category("hole", name="井盖", parent=street)
    make_rule(city.department, 1, categories=["street"], auto=True)
    ticket = submitted(city, category=leaf.code)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.department) == ("dispatched", city.department)


def test_without_a_rule_it_waits_for_the_dispatcher_at_the_centre(city: City) -> None:
    ticket = submitted(city)
    assert (ticket.state, ticket.suggested) == ("submitted", city.centre)


def test_regions_and_rules_that_are_off(city: City) -> None:
    make_rule(city.other, 1, active=False)
    make_rule(city.department, 2, regions=[city.region.code])
    ticket = submitted(city, place=actions.Place(kind="hall", hall="city"))
    assert ticket.suggested == city.department
    assert submitted(city).suggested == city.centre
    RoutingRule.objects.filter(position=1).update(active=True)
    assert suggest(ticket).department == city.other


def test_dispatchers_keep_the_table_and_nobody_else(city: City) -> None:
    row = Routing(position=5, name="路灯归城管", department="cg", categories=["lamps"], auto=True)
    with pytest.raises(errors.RoleForbids):
        save_routing(city.officer.actor, row=row)
    saved = save_routing(city.dispatcher.actor, row=row)
    assert submitted(city).department == city.department
    with pytest.raises(errors.RuleWrong) as taken:
        save_routing(city.dispatcher.actor, row=row)
    assert taken.value.fields[0].path == "/position"
    save_routing(
        city.dispatcher.actor,
        row=Routing(position=5, name="停用", department="cg", active=False),
        public_id=saved.public_id,
    )
    assert submitted(city).state == "submitted"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"position": 0}, "/position"),
        ({"name": " "}, "/name"),
        ({"department": "nobody"}, "/department"),
        ({"kinds": ["song"]}, "/kinds"),
        ({"categories": ["gone"]}, "/categories"),
        ({"regions": ["1"]}, "/regions"),
        ({"starts": time(9)}, "/hours"),
        ({"starts": time(9), "ends": time(9)}, "/hours"),
    ],
)
def test_a_wrong_rule_is_refused_and_nothing_is_written(
    city: City, changes: dict[str, Any], path: str
) -> None:
    values: dict[str, Any] = {"position": 5, "name": "规则", "department": "cg"}
    with pytest.raises(errors.RuleWrong) as refused:
        save_routing(city.dispatcher.actor, row=Routing(**(values | changes)))
    assert path in {fault.path for fault in refused.value.fields}
    assert not RoutingRule.objects.exists()
