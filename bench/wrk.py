"""wrk, and what it says."""

import re
import subprocess
from collections.abc import Sequence

from bench.client import Unexpected


def requests_per_second(options: Sequence[str], address: str) -> float:
    """Answers a second; raises Unexpected if any was refused or lost."""
    done = subprocess.run(["wrk", *options, address], check=True, capture_output=True, text=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout or found is None:
        raise Unexpected(done.stdout)
    return float(found[1])
