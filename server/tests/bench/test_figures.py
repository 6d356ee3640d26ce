"""Medians, percentiles, limits."""

import pytest
from bench.figures import LIMITS, Limit, latency, p50, p95, paired_ratio, verdict


@pytest.mark.parametrize(
    ("samples", "middle", "high"),
    [([5], 5, 5), ([1, 2], 1.5, 2), (list(range(1, 101)), 50.5, 95), (list(range(20, 0, -1)), 10.5, 19)],
)
def test_percentiles(samples: list[float], middle: float, high: float) -> None:
    assert p50(samples) == middle
    assert p95(samples) == high


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="no samples"):
        p95([])


def test_latency_is_told_in_milliseconds() -> None:
    assert latency("search", [0.010, 0.020, 0.0304]) == {"search_p50_ms": 20.0, "search_p95_ms": 30.4}


def test_ratio_pairs_rounds_so_that_a_slow_moment_counts_for_both() -> None:
    assert paired_ratio([50, 5, 60], [100, 10, 100]) == 0.5
    with pytest.raises(ValueError, match="argument"):
        paired_ratio([1], [1, 2])


@pytest.mark.parametrize(
    ("limit", "good", "bad"),
    [
        (Limit(40), 40, 40.1),
        (Limit(0.3, at_most=False), 0.3, 0.29),
        (Limit(True, at_most=False), True, False),
    ],
)
def test_limits(limit: Limit, good: float, bad: float) -> None:
    assert limit.reached_by(good)
    assert not limit.reached_by(bad)


def test_verdict_names_the_limit() -> None:
    assert verdict("search_p50_ms", 9.5) == "✓ search_p50_ms = 9.5 (≤ 20)"
    assert verdict("guide_read_vs_nginx", 0.2) == "✗ guide_read_vs_nginx = 0.2 (≥ 0.3)"
    assert verdict("guide_read_rps", 12_000).strip() == "guide_read_rps = 12000"


def test_every_promised_figure_has_its_limit() -> None:
    assert {name: limit.value for name, limit in LIMITS.items()} == {
        "guide_read_vs_nginx": 0.3,
        "search_p50_ms": 20,
        "submit_case_p50_ms": 20,
        "submit_case_8_at_once_p50_ms": 110,
        "draft_create_p50_ms": 15,
        "application_flow_p50_ms": 130,
        "queue_20_p50_ms": 25,
        "queue_20_queries": 8,
        "queue_20_ratio_1m": 1.3,
        "items_edit_p50_ms": 200,
        "items_edit_kb": 700,
        "memory_rest_mb": 750,
        "second_start_s": 12,
        "my_cases_p50_ms": 8,
        "ticket_submit_p50_ms": 25,
        "ticket_submit_queries": 15,
        "upload_photo_1mp_p50_ms": 25,
        "upload_photo_12mp_p50_ms": 160,
        "masking_precision": 0.95,
        "masking_recall": 0.95,
        "masking_sentences": 300,
        "booking_vs_pgbench": 0.5,
        "booking_p99_ms": 120,
        "booking_lane_vs_ordinary": 3,
        "availability_read_rps": 500,
        "oversold": 0,
        "case_number_unique": True,
        "messages_per_s": 1000,
        "messages_workers_killed": 2,
        "duplicates": 0,
        "lost": 0,
        "survey_report_10k_ms": 2000,
        "survey_double_answers": 0,
    }
