"""Signs what rates without log-in: nobody can make a code up, and each is good for one rating."""

from zhijian.core.crypto import keyed_digest
from zhijian.ratings.rules import tokens


def code_for(kind: str, reference: str) -> str:
    """What a QR code, or the page of an anonymous ticket, carries."""
    return tokens.join(kind, reference, signature(kind, reference))


def signature(kind: str, reference: str) -> str:
    return keyed_digest("ratings.token", f"{kind}\0{reference}".encode())[: tokens.SIGNATURE]
