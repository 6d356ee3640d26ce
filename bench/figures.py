"""What is measured, in which unit, and what it has to reach."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = float | int | bool


@dataclass(frozen=True, slots=True)
class Limit:
    """``at_most`` tells on which side of ``value`` a figure is good."""

    value: Value
    at_most: bool = True

    def reached_by(self, figure: Value) -> bool:
        return figure <= self.value if self.at_most else figure >= self.value

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.value}"


#: Figures that have to reach something; the others explain them.
LIMITS = {
    "guide_read_vs_nginx": Limit(0.3, at_most=False),
    "search_p50_ms": Limit(20),
    "submit_case_p50_ms": Limit(20),
    "submit_case_8_at_once_p50_ms": Limit(110),
    "draft_create_p50_ms": Limit(15),
    "application_flow_p50_ms": Limit(130),
    "queue_20_p50_ms": Limit(25),
    "queue_20_queries": Limit(8),
    "queue_20_ratio_1m": Limit(1.3),
    "items_edit_p50_ms": Limit(200),
    "items_edit_kb": Limit(700),
    "my_cases_p50_ms": Limit(8),
    "ticket_submit_p50_ms": Limit(25),
    "ticket_submit_queries": Limit(15),
    "upload_photo_1mp_p50_ms": Limit(25),
    "upload_photo_12mp_p50_ms": Limit(160),
    "booking_vs_pgbench": Limit(0.5, at_most=False),
    "booking_p99_ms": Limit(120),
    "booking_lane_vs_ordinary": Limit(3, at_most=False),
    "availability_read_rps": Limit(500, at_most=False),
    "oversold": Limit(0),
    "masking_precision": Limit(0.95, at_most=False),
    "masking_recall": Limit(0.95, at_most=False),
    "masking_sentences": Limit(300, at_most=False),
    "case_number_unique": Limit(True, at_most=False),
    "messages_per_s": Limit(1_000, at_most=False),
    "messages_workers_killed": Limit(2, at_most=False),
    "duplicates": Limit(0),
    "lost": Limit(0),
    "memory_rest_mb": Limit(750),
    "second_start_s": Limit(12),
    "survey_report_10k_ms": Limit(2000),
    "survey_double_answers": Limit(0),
}


def p50(samples: Sequence[float]) -> float:
    return statistics.median(samples)


def p95(samples: Sequence[float]) -> float:
    """The smallest sample that at least 95 % of the samples do not exceed. Raises ValueError for no samples."""
    if not samples:
        raise ValueError("no samples")
    return sorted(samples)[math.ceil(0.95 * len(samples)) - 1]


def latency(name: str, seconds: Sequence[float]) -> dict[str, Value]:
    """``name``_p50_ms and ``name``_p95_ms."""
    return {
        f"{name}_p50_ms": round(p50(seconds) * 1000, 2),
        f"{name}_p95_ms": round(p95(seconds) * 1000, 2),
    }


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Median of the rounds' ratios: each round saw the same state of the machine. Raises ValueError if uneven."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def verdict(name: str, value: Value) -> str:
    """One line of progress: the figure, its limit, whether it is reached."""
    limit = LIMITS.get(name)
    if limit is None:
        return f"  {name} = {value}"
    return f"{'✓' if limit.reached_by(value) else '✗'} {name} = {value} ({limit})"
