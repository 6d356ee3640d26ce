"""Who may enter a year, what is kept of it, and the command that does the same."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from calendars.factories import administrator, changed, days, enter
from calendars.test_notice import WHOLE
from cases import factories as made
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from organizations.factories import StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.calendars import actions, errors, queries
from zhijian.calendars.rules.notice import read_notice
from zhijian.calendars.rules.year import Day, Source, YearPlan
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.calendar_seed import seed_calendar
from zhijian.core.models import CalendarVersion, CalendarYear
from zhijian.core.workdays import Workdays
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
NOTICE = read_notice(WHOLE).plan


def entered(actor: Actor = SYSTEM, plan: YearPlan = NOTICE, **options: Any) -> CalendarVersion | None:
    seen = options.pop("seen", queries.version_number(plan.year))
    return actions.enter_year(actor, plan=plan, seen=seen, **{"replace": True} | options)


def test_the_official_year_replaces_the_provisional_one() -> None:
    assert Workdays.load().provisional == {2027}
    version = entered()
    assert version is not None
    workdays = Workdays.load()
    assert workdays.provisional == set()
    assert workdays.is_working(date(2027, 2, 14))
    assert not workdays.is_working(date(2027, 2, 12))
    assert (version.number, version.before_provisional, version.actor_label) == (2, True, "系统")
    assert len(version.before) == 13
    assert AuditEntry.objects.filter(action="calendar.entered", subject="calendar:2027").count() == 1


def test_the_same_again_changes_nothing() -> None:
    entered()
    assert entered() is None
    assert CalendarVersion.objects.filter(year=2027).count() == 2


def test_a_known_year_needs_to_be_replaced_on_purpose() -> None:
    with pytest.raises(errors.YearKnown):
        entered(replace=False)


def test_who_was_slower_is_told() -> None:
    seen = queries.version_number(2027)
    entered()
    other = YearPlan(2027, NOTICE.days[:-1], NOTICE.source)
    with pytest.raises(errors.CalendarChanged):
        entered(plan=other, seen=seen)


def test_what_is_wrong_is_not_stored() -> None:
    plan = YearPlan(2027, (Day(date(2027, 2, 15), True),), Source("通知"))
    with pytest.raises(errors.CalendarWrong) as refused:
        entered(plan=plan)
    assert "本来就是工作日" in refused.value.fields[0].message
    assert queries.version_number(2027) == 1


@pytest.mark.parametrize("post", list(Post))
def test_a_department_alone_may_not(post: Post) -> None:
    """Also its system administrator: the calendar is the whole city's."""
    staff = StaffFactory(posts=[post])
    with pytest.raises(errors.CityPostNeeded) as refused:
        entered(staff.actor)
    refused.value.tell()
    assert AuditEntry.objects.filter(action="calendar.entered", outcome="refused").exists()


def test_the_citys_administrator_may_and_not_after_leaving() -> None:
    staff = administrator()
    version = entered(staff.actor)
    assert version is not None
    assert version.actor_key == staff.public_id
    assert version.actor_label.endswith("系统管理员")
    staff.is_active = False
    staff.save()
    with pytest.raises(errors.CityPostNeeded):
        entered(staff.actor, YearPlan(2027, NOTICE.days[1:], NOTICE.source))


def test_versions_only_grow() -> None:
    for change in (
        lambda: CalendarVersion.objects.filter(year=2027).update(title="别的"),
        lambda: CalendarVersion.objects.filter(year=2027).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_library_offers_and_never_overwrites() -> None:
    """An upgrade knows a year that is provisional here, or that somebody entered."""
    CalendarYear.objects.filter(year=2026).update(provisional=True)
    assert seed_calendar() == []
    assert 2026 in Workdays.load().provisional
    offer = queries.library_offer(2026)
    assert offer is not None
    entered(plan=offer)
    assert 2026 not in Workdays.load().provisional
    assert queries.library_offer(2026) is None
    assert queries.library_offer(2027) is None, "this release does not know it"


def test_a_task_finishes_what_a_page_left(run_tasks: Any) -> None:
    case = made.accepted_case(made.make_world())
    before = case.due_at
    entered(plan=changed(2026, *days(date(2026, 11, 3), date(2026, 11, 5))))
    assert not actions.settle(seconds=-1)
    run_tasks()
    case.refresh_from_db()
    assert case.due_at != before
    assert queries.unsettled() == []


def test_which_years_are_lacking() -> None:
    import time_machine

    assert [(lack.year, lack.missing) for lack in queries.lacks()] == [(2027, False)]
    enter(NOTICE)
    assert queries.lacks() == []
    with time_machine.travel("2027-09-30T09:00:00+08:00"):
        assert queries.lacks() == []
    with time_machine.travel("2027-10-01T09:00:00+08:00"):
        assert [(lack.year, lack.missing) for lack in queries.lacks()] == [(2028, True)]
    with time_machine.travel("2026-06-01T09:00:00+08:00"):
        assert queries.lacks() == []


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(WHOLE, encoding="utf-8")
    case = made.accepted_case(made.make_world())
    call_command("load_calendar", str(file), "--dry-run")
    said = capsys.readouterr().out
    assert "2027-02-14" in said
    assert "没有写入" in said
    assert queries.version_number(2027) == 1
    with pytest.raises(CommandError, match="--replace"):
        call_command("load_calendar", str(file))
    call_command("load_calendar", str(file), "--replace")
    assert "第2版" in capsys.readouterr().out
    call_command("load_calendar", str(file), "--replace")
    assert "没有改动" in capsys.readouterr().out
    assert queries.version_number(2027) == 2
    assert case.number


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("春节：2月5日（周四）放假1天。", "写的是周四"),
        (
            json.dumps({"year": 2027, "title": "通知", "days": [{"date": "2026-01-01", "working": False}]}),
            "不在2027年",
        ),
        ("2027-02-15,班,春节", "本来就是工作日"),
        ("", "没有一个"),
    ],
)
def test_the_command_refuses_in_words(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "calendar.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        call_command("load_calendar", str(file), "--year", "2027", "--title", "通知")


def test_the_command_takes_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    CalendarYear.objects.filter(year=2026).update(provisional=True)
    call_command("load_calendar", "--library", "--year", "2026", "--replace")
    assert "2026年的工作日历已生效" in capsys.readouterr().out
    assert 2026 not in Workdays.load().provisional


def test_a_missing_file_is_said() -> None:
    with pytest.raises(CommandError, match="读不了文件"):
        call_command("load_calendar", "/nowhere/calendar.csv")


def test_one_that_cannot_be_moved_keeps_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken registration stands first: cases move all the same, and the year stays unsettled until it is mended."""
    from zhijian.calendars import dependants

    def fails(change: dependants.Change, key: str) -> None:
        raise RuntimeError(key)

    broken = dependants.Dependant(
        "broken", "坏的", 1, (), lambda change: dependants.Survey((), ("1",)), fails
    )
    case = made.accepted_case(made.make_world())
    before = case.due_at
    monkeypatch.setitem(dependants._registered, "broken", broken)
    entered(plan=changed(2026, *days(date(2026, 11, 3), date(2026, 11, 5))))
    assert not actions.settle()
    case.refresh_from_db()
    assert case.due_at != before
    assert queries.unsettled() != []
    monkeypatch.undo()
    assert actions.settle()
    assert queries.unsettled() == []
