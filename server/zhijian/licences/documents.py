"""A licence on paper: what is filled into its template, and the digest by which a copy is compared."""

import io
from typing import Any

from cryptography.hazmat.primitives import hashes
from pypdf import PdfReader

from zhijian.core import pdf
from zhijian.core.dates import long_date
from zhijian.licences.models import Licence

_SEAL_WORDS = {"certificate": "证明专用章", "approval": "审批专用章"}


def make(licence: Licence) -> bytes:
    """The signed PDF of a licence."""
    return pdf.render_sealed(licence.template, data(licence), reason=f"颁发{licence.name}")


def typeset(licence: Licence) -> bytes:
    """The page before it is signed. Raises MissingGlyph."""
    return pdf.typeset(licence.template, data(licence))[0]


def data(licence: Licence) -> dict[str, Any]:
    """What the templates ``certificate``, ``approval`` and ``residence_permit`` print."""
    return _worded(licence) | {
        "title": licence.name,
        "number": licence.number,
        "document_number": licence.number,
        "applicant": _holder(licence),
        "office": licence.department.name,
        "seal_words": _SEAL_WORDS.get(licence.template, ""),
        "date": long_date(licence.issued_on),
        "valid_from": long_date(licence.valid_from),
        "valid_to": long_date(licence.valid_to) if licence.valid_to else "",
        "verify_code": licence.verify_code,
        "qr": licence.verify_url,
    }


def digest(document: bytes) -> str:
    """SM3 (GB/T 32905) in hex."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(document)
    return sm3.finalize().hex()


def pages(document: bytes) -> int:
    return len(PdfReader(io.BytesIO(document)).pages)


def _worded(licence: Licence) -> dict[str, Any]:
    """The content, with the usual words where the office gave none."""
    content = dict(licence.content)
    if licence.template == "approval" and not content["paragraphs"]:
        content["paragraphs"] = [
            f"您提出的申请，经审查，符合规定的条件。现作出《{licence.name}》，具体内容如下。"
        ]
    if licence.template == "certificate" and not content["statement"]:
        content["statement"] = "兹证明以上所列事项。"  # of versions that were published without their own
    return content


def _holder(licence: Licence) -> str:
    named = [value for label, value in licence.content["facts"] if label in {"姓名", "名称"}]
    return named[-1] if named else ""
