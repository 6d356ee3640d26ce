"""``python -m bench [group…]``: prints one JSON object and merges it into bench/results.json."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from support.city import City, started

from bench import results
from bench.figures import LIMITS, Value, verdict
from bench.home import prepare
from bench.progress import say
from bench.surroundings import surroundings

#: Only when asked for by name: they take minutes to prepare.
_LONG = {"million"}
Measure = Callable[[City], dict[str, Value]]


def main(wanted: list[str]) -> int:
    home = Path(os.environ["ZHIJIAN_HOME"])
    # Never measured on somebody's data: the benchmark fills a database of its own.
    os.environ.pop("DATABASE_URL", None)
    groups = _groups()
    if unknown := set(wanted) - groups.keys():
        say(f"✗ unknown group: {', '.join(sorted(unknown))}; there are: {', '.join(groups)}")
        return 2
    prepare(home, today=datetime.now().astimezone().date())
    say("starting the platform …")
    # All of the crowd comes from this machine: the lane must not take it for one caller.
    with started(home, RUSH_PER_ADDRESS="0", RUSH_PER_PERSON="0") as city:
        usual = [group for group in groups if group not in _LONG]
        _tell({group: _kept(group, groups[group](city)) for group in (wanted or usual)})
    return 0


def _groups() -> Mapping[str, Measure]:
    from bench import (
        appointments,
        cases,
        consultations,
        editor,
        guide,
        masking,
        messaging,
        photos,
        rest,
        search,
        tickets,
    )
    from bench.cases import million

    return {
        "guide": guide.measure,
        "search": search.measure,
        "cases": cases.measure,
        "items": editor.measure,
        "tickets": tickets.measure,
        "photos": photos.measure,
        "appointments": appointments.measure,
        "messages": messaging.measure,
        "consultations": consultations.measure,
        "masking": masking.measure,
        "rest": rest.measure,
        "million": million.measure,
    }


def _kept(group: str, figures: dict[str, Value]) -> dict[str, Value]:
    """Written down at once: what fails later costs no figure."""
    results.save({group: figures}, _around())
    return figures


def _around() -> dict[str, Any]:
    from bench.database import postgres_version

    return surroundings(postgres=postgres_version())


def _tell(figures: Mapping[str, Mapping[str, Value]]) -> None:
    flat = {name: value for values in figures.values() for name, value in values.items()}
    for name, value in flat.items():
        say(verdict(name, value))
    missed = [name for name, limit in LIMITS.items() if name in flat and not limit.reached_by(flat[name])]
    say(f"limits missed: {', '.join(missed)}" if missed else "all limits reached")
    print(json.dumps(results.report(flat, _around()), ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
