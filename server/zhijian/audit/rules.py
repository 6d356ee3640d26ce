"""How a link of the audit chain is computed (SM3, GB/T 32905)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

GENESIS = "0" * 64


def link(previous: str, *, entry_id: int, at: datetime, fields: Mapping[str, Any]) -> str:
    """The digest in hex over the previous digest and the entry's whole content."""
    content = json.dumps(
        {"id": entry_id, "at": at.astimezone(UTC).isoformat(), **fields}, sort_keys=True, ensure_ascii=False
    )
    digest = Hash(SM3())
    digest.update(f"{previous}\n{content}".encode())
    return digest.finalize().hex()
