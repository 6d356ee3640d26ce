"""Documents on paper: typeset by typst from ``templates/pdf``, signed by pyHanko.

``render`` gives the bare document, ``render_sealed`` the same with an electronic signature over its drawn seal.
"""

from collections.abc import Mapping
from typing import Any

from zhijian.core.pdf.errors import MissingGlyph
from zhijian.core.pdf.signing import sign
from zhijian.core.pdf.typesetting import SealPlace, UnknownTemplate, render, typeset

__all__ = ["MissingGlyph", "SealPlace", "UnknownTemplate", "render", "render_sealed", "sign", "typeset"]


def render_sealed(template: str, data: Mapping[str, Any], *, reason: str) -> bytes:
    """A signed document; ``reason`` is shown with the signature. Raises as :func:`typeset` does."""
    document, place = typeset(template, data)
    return sign(document, reason=reason, place=place)
