"""What the benchmark of bookings reads from wrk, and that pgbench is given the ordinary path's statement."""

import re

import pytest
from bench.appointments import load, pgbench
from bench.client import Unexpected

from zhijian.appointments.actions import reservation

WRK = """Running 3s test @ http://127.0.0.1:8002
  Latency Distribution
     50%   12.03ms
     99%  {p99}
  12034 requests in {seconds}, 4.05MB read
Requests/sec:   3998.01
"""


@pytest.mark.parametrize(("text", "value"), [("85.20ms", 85.2), ("940.00us", 0.94), ("1.02s", 1020)])
def test_the_99th_percentile_in_milliseconds(text: str, value: float) -> None:
    assert load._p99(WRK.format(p99=text, seconds="3.01s")) == pytest.approx(value)


def test_without_a_distribution_nothing_is_guessed() -> None:
    with pytest.raises(Unexpected):
        load._p99("unable to connect")


@pytest.mark.parametrize(("text", "value"), [("3.01s", 3.01), ("980.00ms", 0.98)])
def test_the_seconds_are_wrks_own(text: str, value: float) -> None:
    assert load._measured(WRK.format(p99="1ms", seconds=text), 99) == pytest.approx(value)


def test_pgbench_gets_the_reserving_statement_with_nothing_left_out() -> None:
    statement = pgbench._statement()
    assert "%(" not in statement
    assert ";" not in statement
    for step in re.findall(r"(?:INSERT INTO|UPDATE) \w+|FOR UPDATE SKIP LOCKED", reservation.RESERVE_ONE):
        assert step in statement
