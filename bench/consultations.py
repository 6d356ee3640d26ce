"""Consultations: a report over 10,000 answers, and people answering on two devices at once over HTTP."""

import http.client
import json
import random
import secrets
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from support.city import City

from bench.cases.people import make_citizens, token_of
from bench.database import connect
from bench.figures import Value
from bench.progress import say

if TYPE_CHECKING:
    from zhijian.consultations.models import Consultation

ANSWERS = 10_000
ROUNDS = 5
RACERS = 40
_SEED = 20261124
_TITLE = "评测问卷"
_BATCH = 2_000
_OPTIONS = [{"key": key, "label": f"选项{key}"} for key in "abcde"]
_LINES = [{"key": key, "label": f"项目{key}"} for key in ("r1", "r2", "r3", "r4")]
_QUESTIONS: list[dict[str, Any]] = [
    *({"key": f"s{n}", "kind": "single", "title": f"单选{n}", "options": _OPTIONS} for n in range(1, 5)),
    *({"key": f"m{n}", "kind": "multiple", "title": f"多选{n}", "options": _OPTIONS} for n in range(1, 4)),
    *({"key": f"p{n}", "kind": "scale", "title": f"打分{n}", "points": 10} for n in range(1, 3)),
    {"key": "x1", "kind": "matrix", "title": "矩阵", "options": _OPTIONS, "rows": _LINES},
]


def measure(city: City) -> dict[str, Value]:
    connect()
    return {"survey_answers": ANSWERS, **_report(_filled()), **_races(city)}


def _report(row: "Consultation") -> dict[str, Value]:
    """All figures of the result, as the console's page and the published document ask for them."""
    from zhijian.consultations.queries.report import report

    seconds = []
    for number in range(ROUNDS + 1):  # the first round warms up and is not counted
        say(f"consultations: report {number} of {ROUNDS}")
        started = time.perf_counter()
        found = report(row)
        if number:
            seconds.append(time.perf_counter() - started)
        if found.answers != ANSWERS or len(found.results) != len(_QUESTIONS):
            raise RuntimeError(f"the report counts {found.answers} answers")
    return {"survey_report_10k_ms": round(statistics.median(seconds) * 1000, 1)}


def _races(city: City) -> dict[str, Value]:
    """Each person sends from two devices at the same moment; counts the answers beyond one a person."""
    from zhijian.consultations.models import Answer

    make_citizens(RACERS)
    row = _published(secrets.token_hex(4))
    say(f"consultations: {RACERS} persons on two devices each …")
    statuses: list[int] = []
    with ThreadPoolExecutor(2) as pool:
        for number in range(RACERS):
            tokens = [token_of(number), token_of(number)]
            statuses += pool.map(lambda token: _send(city, row.public_id, token), tokens)
    if set(statuses) - {201, 409} or statuses.count(201) < RACERS:
        raise RuntimeError(f"unexpected answers: {sorted(set(statuses))}")
    return {"survey_double_answers": Answer.objects.filter(consultation=row).count() - RACERS}


def _send(city: City, consultation: str, token: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", city.port, timeout=30)
    try:
        connection.request(
            "POST",
            f"/api/v1/consultations/{consultation}/answers",
            json.dumps({"answers": _values(random.Random(_SEED))}),
            {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": secrets.token_hex(8),
            },
        )
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def _filled() -> "Consultation":
    """The consultation with its 10,000 answers; seeded once."""
    from zhijian.consultations.models import Answer, Consultation
    from zhijian.core.clock import today

    row = Consultation.objects.filter(title=_TITLE).first() or _published("")
    missing = ANSWERS - Answer.objects.filter(consultation=row).count()
    say(f"consultations: seeding {missing:,} answers …")
    chance, day = random.Random(_SEED), today()
    answers = (
        Answer(consultation=row, handle=secrets.token_hex(32), day=day, values=_values(chance))
        for _ in range(missing)
    )
    Answer.objects.bulk_create(answers, batch_size=_BATCH)
    return row


def _published(mark: str) -> "Consultation":
    from zhijian.consultations import actions
    from zhijian.core.clock import now
    from zhijian.organizations.models import Department, Staff

    editor, reviewer = (Staff.objects.get(username=name) for name in ("zw_edit1", "zw_review1"))
    draft = actions.Draft(
        title=f"{_TITLE}{mark}",
        background="评测",
        audience="评测",
        opens_at=now(),
        closes_at=now() + timedelta(days=30),
        content={"questions": _QUESTIONS},
    )
    row = actions.open_draft(editor.actor, department=Department.objects.get(code="zw"), draft=draft)
    actions.submit(editor.actor, consultation=row)
    return actions.publish(reviewer.actor, consultation=row)


def _values(chance: random.Random) -> dict[str, Any]:
    keys = [option["key"] for option in _OPTIONS]
    values: dict[str, Any] = {}
    for question in _QUESTIONS:
        kind = question["kind"]
        if kind == "single":
            values[question["key"]] = chance.choice(keys)
        elif kind == "multiple":
            values[question["key"]] = chance.sample(keys, chance.randint(1, 3))
        elif kind == "scale":
            values[question["key"]] = chance.randint(1, 10)
        else:
            values[question["key"]] = {line["key"]: chance.choice(keys) for line in _LINES}
    return values
