"""Opaque identifiers for what leaves the server; database ids never do."""

import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that reads like something else
_BYTES = bytes(
    ord(_ALPHABET[byte % 32]) for byte in range(256)
)  # 256 is a multiple of 32: every letter as likely


def new_id(length: int = 26) -> str:
    """A random identifier: 5 bits a character, 130 bits by default."""
    return secrets.token_bytes(length).translate(_BYTES).decode()
