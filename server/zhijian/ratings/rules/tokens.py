"""The shape of the code on a counter's slip: ``kind.reference.signature``. Pure; the signature is made elsewhere."""

import re

_TOKEN = re.compile(r"([a-z]{3,20})\.([0-9a-z]{10,40})\.([0-9a-f]{20})", re.ASCII)
SIGNATURE = 20  # hex digits: 80 bits


def join(kind: str, reference: str, signature: str) -> str:
    return f"{kind}.{reference}.{signature[:SIGNATURE]}"


def split(token: str) -> tuple[str, str, str] | None:
    """Kind, reference, signature; None for what was never one of ours."""
    found = _TOKEN.fullmatch(token)
    return (found[1], found[2], found[3]) if found else None
