"""Nobody stores a date of working days that a changed calendar does not reach."""

import ast
from pathlib import Path

from django.apps import apps
from django.db.models import DateTimeField

import zhijian
from zhijian.calendars.dependants import all_dependants

ROOT = Path(zhijian.__file__).parent
#: Ends that are no working days, or that have been told to somebody for good: each with its reason.
OTHERWISE = {
    "cases.Correction.told_due_at": "what the notice said",
    "appointments.Visit.due_at": "minutes of a queue",
    "tickets.Ticket.overdue_told_at": "when something was said",
    "messaging.Delivery.due_at": "minutes until a message is tried again",
}


def _uses(path: Path) -> set[str]:
    """Which of the calendar's readers a module calls."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and call.value.id == "Workdays"
    }


def test_who_stores_holds_the_calendar() -> None:
    """A plain read in an action could store a date of the calendar that was replaced a moment ago."""
    careless = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("*/actions/**/*.py")
        if "load" in _uses(path) and "calendars" not in path.parts
    ]
    assert careless == []


def test_every_domain_that_stores_has_registered() -> None:
    storing = {path.relative_to(ROOT).parts[0] for path in ROOT.rglob("*.py") if "for_writing" in _uses(path)}
    assert storing == {field.split(".")[0] for one in all_dependants() for field in one.fields}


def test_every_end_is_covered() -> None:
    covered = {field for one in all_dependants() for field in one.fields}
    ends = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("zhijian.")
        for field in model._meta.get_fields()
        if isinstance(field, DateTimeField) and ("due" in field.name or "warn" in field.name)
    }
    assert ends - covered - OTHERWISE.keys() == set()
    assert not covered & OTHERWISE.keys()


def test_what_is_covered_exists() -> None:
    for one in all_dependants():
        for name in one.fields:
            app, model, field = name.split(".")
            apps.get_model(app, model)._meta.get_field(field)
