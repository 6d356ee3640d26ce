"""What a finder gives, and the text as finders read it."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``text[start:end]`` is personal data of ``kind``."""

    start: int
    end: int
    kind: str


_NARROW: Final = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones: one for one, so that offsets stay."""
    return text.translate(_NARROW)


def before(text: str, start: int, length: int) -> str:
    return text[max(0, start - length) : start]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)
