"""bench/results.json: the latest value of every figure, and where each group was measured."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.figures import Value

FILE = Path(__file__).parent / "results.json"


def report(figures: Mapping[str, Value], surroundings: Mapping[str, Any]) -> dict[str, Any]:
    """What one run prints."""
    return {**figures, **surroundings}


def merged(
    before: Mapping[str, Any], figures: Mapping[str, Mapping[str, Value]], surroundings: Mapping[str, Any]
) -> dict[str, Any]:
    """``before`` with the groups of this run replaced; groups that did not run keep figures, date and commit."""
    groups = dict(before.get("groups", {}))
    for group, values in figures.items():
        groups[group] = {**surroundings, "figures": sorted(values)}
    kept = {name: before[name] for group in groups.values() for name in group["figures"] if name in before}
    fresh = {name: value for values in figures.values() for name, value in values.items()}
    return {**report({**kept, **fresh}, surroundings), "groups": groups}


def save(
    figures: Mapping[str, Mapping[str, Value]], surroundings: Mapping[str, Any], file: Path = FILE
) -> None:
    before = json.loads(file.read_text()) if file.exists() else {}
    text = json.dumps(merged(before, figures, surroundings), ensure_ascii=False, indent=2, sort_keys=True)
    temporary = file.with_suffix(".tmp")
    temporary.write_text(text + "\n")
    temporary.replace(file)
