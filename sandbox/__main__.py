"""python -m sandbox [--port N] [--host ADDRESS] [--people FILE] [--tolerance SECONDS]"""

import argparse
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from sandbox.server import SandboxServer
from sandbox.signatures import Verifier

PEOPLE = Path(__file__).resolve().parents[1] / "demo" / "people.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8001, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="it shows everybody's codes; phones need 0.0.0.0")
    parser.add_argument("--people", type=Path, default=PEOPLE)
    parser.add_argument("--tolerance", type=int, default=300, help="seconds that callers' clocks may differ")
    options = parser.parse_args()
    secret = os.environ.get("SANDBOX_SECRET", "sandbox-secret")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    verifier = Verifier(secret, tolerance=options.tolerance)
    with SandboxServer((options.host, options.port), verifier=verifier, people=options.people) as server:
        sys.stdout.write(f"sandbox ready on port {server.server_port}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    main()
