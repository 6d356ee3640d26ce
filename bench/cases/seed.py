"""100,000 cases of 20,000 citizens over every item that can be applied for online, some two years of a city's work."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.cases.copying import copy_in, reserve
from bench.cases.people import make_citizens
from bench.database import connect
from bench.progress import say

if TYPE_CHECKING:
    from zhijian.cases.models import Case
    from zhijian.catalog.models import ItemVersion

CASES = 100_000
CITIZENS = 20_000
BUSY_CITIZEN, BUSY_CASES = 0, 40  # one person's list fills two pages
_BATCH = 20_000
_SEED = 20261122
#: Share of each state in a hundred cases. Most of a city's cases are over; an eighth is work.
_STATES = {
    "concluded": 74, "archived": 4, "rejected": 2, "withdrawn": 4, "returned": 1, "draft": 2,
    "submitted": 4, "correction": 1, "accepted": 1, "reviewing": 3, "suspended": 1, "deciding": 1,
    "approved": 1, "delivering": 1,
}  # fmt: skip
_RUNNING = {"submitted", "accepted", "reviewing", "deciding", "approved", "delivering"}
_BEFORE_ACCEPTANCE = {"draft", "submitted", "correction", "rejected", "withdrawn", "returned"}
_DECIDED = {"concluded", "archived", "approved", "delivering"}
_FORM = json.loads((Path(__file__).parent / "form.json").read_text())


def seed() -> int:
    """Fill the database up to CASES; returns how many there are. Needs a minute the first time."""
    connect()
    from zhijian.cases.models import Case

    present = Case.objects.count()
    if present < CASES:
        say(f"cases: seeding {CASES:,} cases …")
        _fill(CASES - present)
        _analyse()
    return Case.objects.count()


def _fill(count: int) -> None:
    from django.db import transaction

    from zhijian.cases.models import Case, CaseStep

    maker = _Maker(make_citizens(CITIZENS))
    for start in range(0, count, _BATCH):
        cases = list(maker.cases(min(_BATCH, count - start)))
        steps = [step for case in cases for step in _steps(case)]
        for step, key in zip(steps, reserve("cases_casestep.id", len(steps)), strict=True):
            step.pk = key
        with transaction.atomic():
            copy_in(Case, cases)
            copy_in(CaseStep, steps)
        say(f"cases: {start + len(cases):,}")


@dataclass
class _Maker:
    citizens: list[int]

    def __post_init__(self) -> None:
        from zhijian.cases.models import Case
        from zhijian.catalog.queries import current_versions
        from zhijian.core.clock import now

        self.random = random.Random(_SEED)
        self.versions = [version for version in current_versions() if version.spec["handling"] == "online"]
        # Popular items are asked for more often, as in any city.
        self.weights = [100 / (rank + 5) for rank in range(len(self.versions))]
        self.now = now()
        self.drafts = set(Case.objects.filter(state="draft").values_list("citizen_id", "item_code"))
        self.busy = BUSY_CASES

    def cases(self, count: int) -> Iterator["Case"]:
        # Numbers from the running platform's own sequence: no later submission meets one of them.
        states = self.random.choices(list(_STATES), list(_STATES.values()), k=count)
        for key, number, state in zip(
            reserve("cases_case.id", count), reserve("cases_number", count), states, strict=True
        ):
            case = self._case(self._somebody(), self._item(), state, number)
            case.pk = key
            yield case

    def _somebody(self) -> int:
        if self.busy:
            self.busy -= 1
            return self.citizens[BUSY_CITIZEN]
        return self.citizens[self.random.randrange(len(self.citizens))]

    def _item(self) -> "ItemVersion":
        return self.random.choices(self.versions, self.weights)[0]

    def _case(self, citizen: int, version: "ItemVersion", state: str, number: int) -> "Case":
        from zhijian.cases.models import Case
        from zhijian.core.serials import compose

        if state == "draft" and (citizen, version.code) in self.drafts:
            state = "withdrawn"  # one draft of an item at a time
        if state == "draft":
            self.drafts.add((citizen, version.code))

        received, due = self._times(state)
        submitted = {} if state == "draft" else {
            "number": compose(prefix="YZ", day=received.date(), item_code=version.code, sequence=number),
            "submitted_at": received,
            "received_at": received,
        }  # fmt: skip
        return Case(
            citizen_id=citizen,
            item_version=version,
            item_code=version.code,
            item_name=version.name,
            item_name_en=version.spec["name_en"],
            department_id=version.department_id,
            separate_decision=version.spec["separate_decision"],
            state=state,
            form=_FORM,
            delivery={"method": "electronic"},
            refusal={"kind": "rejection", "reasons": "不属于受理范围"} if state == "rejected" else None,
            created_at=received - timedelta(hours=1),
            updated_at=min(self.now, received + timedelta(days=3)),
            required_count=3,
            **submitted,
            **_dates(state, received),
            **_clock(state, received, due),
        )

    def _times(self, state: str) -> tuple[datetime, datetime]:
        """Work arrived in the last days: one in twenty is overdue, one in seven nearly."""
        if state not in _RUNNING:
            received = self.now - timedelta(days=self.random.uniform(15, 700))
            return received, received + timedelta(days=10)
        lateness = self.random.random()
        left = (
            self.random.uniform(-5, 0) if lateness < 0.05
            else self.random.uniform(0, 1) if lateness < 0.2
            else self.random.uniform(1, 12)
        )  # fmt: skip
        return self.now - timedelta(days=self.random.uniform(0.1, 4)), self.now + timedelta(days=left)


def _dates(state: str, received: datetime) -> dict[str, Any]:
    if state in _BEFORE_ACCEPTANCE:
        return {}
    accepted = {"accepted_at": received + timedelta(hours=6)}
    if state not in _DECIDED:
        return accepted
    decided = accepted | {"decided_at": received + timedelta(days=5), "outcome": "grant"}
    return decided | (
        {"concluded_at": received + timedelta(days=6)} if state in {"concluded", "archived"} else {}
    )


def _clock(state: str, received: datetime, due: datetime) -> dict[str, Any]:
    if state not in _RUNNING:
        return {}
    clock = {"clock_started_at": received, "due_at": due, "warn_at": due - timedelta(days=1), "sort_at": due}
    terms = {
        "limit_value": 10,
        "limit_unit": "working_day",
        "due_rule": "承诺10个工作日",
        "due_law": "实施清单",
    }
    return (
        clock
        | terms
        | {"decision_due_at": due + timedelta(days=5), "decision_warn_at": due + timedelta(days=4)}
    )


def _steps(case: "Case") -> Iterator[Any]:
    from zhijian.cases.models import CaseStep

    if case.state == "draft":
        return
    passed = [("submit", "draft", "submitted", "citizen", case.received_at)]
    if case.accepted_at:
        passed.append(("accept", "submitted", "accepted", "staff", case.accepted_at))
    if case.decided_at:
        passed.append(("approve", "deciding", "approved", "staff", case.decided_at))
    for action, source, target, kind, at in passed:
        yield CaseStep(
            case_id=case.pk,
            at=at,
            action=action,
            from_state=source,
            to_state=target,
            actor_kind=kind,
            post="经办人员",
        )


def _analyse() -> None:
    """What autovacuum would have done by the time that a city has as many cases."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
