"""The secret by which whoever stayed anonymous reads what became of their ticket. Pure."""

import hashlib

from zhijian.core import numbers

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 16
"""31 characters to the power of 16: 79 bits, beyond guessing."""


def shown(code: str) -> str:
    """In groups of four, to be copied by hand."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def receipt_hash(code: str) -> str:
    """What is kept of a receipt. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(numbers.code(code).encode()).hexdigest()
