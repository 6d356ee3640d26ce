"""wrk, and what it says."""

import re
import subprocess
from collections.abc import Sequence

from bench.client import Unexpected


def ran(options: Sequence[str], address: str, *to_script: str) -> str:
    """What wrk printed; raises Unexpected if any request was refused or lost."""
    command = ["wrk", *options, address, *(["--", *to_script] if to_script else [])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise Unexpected(done.stdout)
    return done.stdout


def requests_per_second(options: Sequence[str], address: str) -> float:
    """Answers a second. Raises Unexpected."""
    output = ran(options, address)
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if found is None:
        raise Unexpected(output)
    return float(found[1])
