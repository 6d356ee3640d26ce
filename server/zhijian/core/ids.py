"""Opaque identifiers for what leaves the server; database ids never do."""

import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that reads like something else


def new_id(length: int = 26) -> str:
    """A random identifier: 5 bits a character, 130 bits by default."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
