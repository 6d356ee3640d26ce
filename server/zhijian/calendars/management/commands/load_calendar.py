"""manage.py load_calendar FILE [--year 2027] [--replace] [--dry-run]"""

from argparse import ArgumentParser
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.calendars import actions, queries
from zhijian.calendars.rules import formats
from zhijian.calendars.rules.year import YearPlan, days_from, faults, warnings
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import local_date
from zhijian.core.dates import read_day
from zhijian.core.errors import Problem
from zhijian.core.models import CalendarVersion

_SHOWN = 20


class Command(BaseCommand):
    help = "录入或替换一年的工作日历，先列出影响。文件可以是 CSV、JSON 或国务院办公厅通知的全文。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--library", action="store_true", help="采用软件自带的正式安排（与 --year 同用）")
        parser.add_argument("--year", type=int)
        parser.add_argument("--title", default="")
        parser.add_argument("--number", default="", help="文号")
        parser.add_argument("--date", type=read_day, help="发文日期，例如 2026-11-04")
        parser.add_argument("--url", default="")
        parser.add_argument("--replace", action="store_true", help="替换已录入的一年")
        parser.add_argument("--dry-run", action="store_true", help="只列出影响，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self._plan(options)
        if wrong := faults(plan):
            raise CommandError("\n".join(wrong))
        for words in warnings(plan):
            self.stdout.write(f"请注意：{words}")
        seen = queries.version_number(plan.year)
        self._show(plan)
        if options["dry_run"]:
            self.stdout.write("没有写入（--dry-run）")
            return
        try:
            version = actions.enter_year(
                SYSTEM,
                plan=plan,
                seen=seen,
                replace=options["replace"],
                origin=CalendarVersion.Origin.COMMAND,
            )
        except Problem as problem:
            raise CommandError(f"{problem}（命令行替换请加 --replace）") from problem
        settled = actions.settle()
        if version is None:
            self.stdout.write(f"{plan.year}年的日历和现在的一样，没有改动")
        else:
            done = "期限已重新计算" if settled else "有的期限没有算成，后台会再试，详见日志"
            self.stdout.write(f"{plan.year}年的工作日历已生效（第{version.number}版），{done}")

    def _plan(self, options: dict[str, Any]) -> YearPlan:
        if options["library"]:
            offer = queries.library_offer(options["year"] or 0)
            if offer is None:
                raise CommandError("软件没有比现在更新的正式安排；--library 请与 --year 同用")
            return offer
        if options["file"] is None:
            raise CommandError("请写明文件，或者用 --library --year 采用软件自带的安排")
        try:
            text = formats.decode(options["file"].read_bytes())
        except (OSError, ValueError) as error:
            raise CommandError(f"读不了文件 {options['file']}，请确认它存在并且是文本") from error
        reading = formats.read(text, options["year"])
        if reading.unread:
            raise CommandError("\n".join(reading.unread))
        for note in reading.notes:
            self.stdout.write(f"请注意：{note}")
        given = {
            "title": options["title"],
            "document_number": options["number"],
            "issued_on": options["date"],
            "url": options["url"],
        }
        source = replace(reading.plan.source, **{name: value for name, value in given.items() if value})
        return replace(reading.plan, days=days_from(reading.plan.json), source=source)

    def _show(self, plan: YearPlan) -> None:
        impact = queries.impact_of(plan)
        self.stdout.write(f"{plan.year}年：{len(impact.differences)}天有变化")
        for one in impact.differences:
            self.stdout.write(f"  {one.date.isoformat()} {one.before} → {one.after}")
        for effect in impact.effects:
            self.stdout.write(
                f"{effect.label}：{effect.moved}（变为超期 {effect.late}，不再超期 {effect.relieved}）"
            )
            for shift in effect.shifts[:_SHOWN]:
                moved = shift.note or f"{_day(shift.before)} → {_day(shift.after)}"
                self.stdout.write(f"  {shift.subject} {shift.what} {moved}")


def _day(moment: datetime | None) -> str:
    return local_date(moment).isoformat() if moment else "无期限"
