"""Which certificate signs: the city's PKCS#12 file; in the demo, where none is named, one made on first use.

``SIGNING_PKCS12`` (path) and ``SIGNING_PKCS12_PASSWORD`` name the city's own, from a licensed certificate authority.
Every process that makes documents needs the same. What it cannot sign rightly it does not sign: a receipt under a demo
or expired certificate looks official and proves nothing.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.sign.signers import SimpleSigner

from zhijian.core.clock import now
from zhijian.core.errors import OperatorNeeded
from zhijian.core.pdf.demonstration import ORGANIZATION, demonstration_folder

WARN_BEFORE = timedelta(days=60)


class SigningUnavailable(OperatorNeeded):
    """There is no certificate that may sign: an operator's matter, told by ``code`` in Chinese and English."""

    code = "signing.unavailable"
    title = "电子印章暂时不能使用，文书会在恢复后补上"
    WORDS: ClassVar[dict[str, tuple[str, str]]] = {
        "signing.missing": (
            "没有设置签章证书，请设置 SIGNING_PKCS12。",
            "No certificate to sign with: set SIGNING_PKCS12.",
        ),
        "signing.unreadable": (
            "签章证书文件读不了或不是 .p12，请核对 SIGNING_PKCS12 的路径和权限。",
            "The certificate file cannot be read or is no PKCS#12: check SIGNING_PKCS12.",
        ),
        "signing.password": (
            "签章证书的密码不对，请核对 SIGNING_PKCS12_PASSWORD。",
            "The certificate's password is wrong: check SIGNING_PKCS12_PASSWORD.",
        ),
        "signing.expired": (
            "签章证书已经过期，请换上新证书。",
            "The certificate has expired: put a new one in its place.",
        ),
        "signing.not_yet": (
            "签章证书还没有生效，请核对证书和服务器时间。",
            "The certificate is not valid yet: check it and the clock.",
        ),
        "signing.usage": (
            "这张证书不能用于电子签名（密钥用法里没有数字签名或不可否认）。",
            "The certificate is not for signing: its key usage has neither digitalSignature nor nonRepudiation.",
        ),
        "signing.demo": (
            "这是演示证书，不能给正式文书签章。",
            "This is a demo certificate: it must not sign real documents.",
        ),
    }

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason}: {' '.join(self.WORDS[self.reason])}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """``changed``: when the file was last written, so that a renewed one is taken without a restart."""

    signer: SimpleSigner
    not_before: datetime
    not_after: datetime
    changed: tuple[str, float] = ("", 0.0)

    def refuse_out_of_date(self) -> None:
        """Raises SigningUnavailable."""
        if now() > self.not_after:
            raise SigningUnavailable("signing.expired")
        if now() < self.not_before:
            raise SigningUnavailable("signing.not_yet")


_kept: dict[str, Certificate] = {}


def load() -> SimpleSigner:
    """The signer to sign with now. Raises SigningUnavailable."""
    path = os.environ.get("SIGNING_PKCS12")
    if not path:
        if not settings.DEMO:
            raise SigningUnavailable("signing.missing")
        return _demonstration()
    found = certificate(path)
    found.refuse_out_of_date()
    return found.signer


def certificate(path: str) -> Certificate:
    """The city's certificate, read anew when its file changes. Raises SigningUnavailable unless it may sign at all."""
    try:
        changed = (os.environ.get("SIGNING_PKCS12_PASSWORD", ""), Path(path).stat().st_mtime)
    except OSError as error:
        raise SigningUnavailable("signing.unreadable") from error
    if path not in _kept or _kept[path].changed != changed:
        _kept[path] = _read(path, changed)
    return _kept[path]


def days_left() -> int | None:
    """Until the city's certificate expires, negative afterwards; None where none can be read."""
    path = os.environ.get("SIGNING_PKCS12")
    try:
        return (certificate(path).not_after - now()).days if path else None
    except SigningUnavailable:
        return None


def fault() -> str:
    """Why nothing can be signed now: a code of ``SigningUnavailable.WORDS``, or nothing."""
    try:
        load()
    except SigningUnavailable as refusal:
        return refusal.reason
    return ""


def _read(path: str, changed: tuple[str, float]) -> Certificate:
    password = changed[0].encode() or None
    try:
        content = Path(path).read_bytes()
        _, leaf, _ = pkcs12.load_key_and_certificates(content, password)
    except OSError as error:
        raise SigningUnavailable("signing.unreadable") from error
    except ValueError as error:
        wrong = "password" in str(error).lower()
        raise SigningUnavailable("signing.password" if wrong else "signing.unreadable") from error
    signer = cast(
        SimpleSigner | None,
        SimpleSigner.load_pkcs12(path, passphrase=password),  # type: ignore[no-untyped-call]
    )
    if leaf is None or signer is None:
        raise SigningUnavailable("signing.unreadable")
    _refuse_unfit(leaf)
    return Certificate(signer, leaf.not_valid_before_utc, leaf.not_valid_after_utc, changed)


def _refuse_unfit(leaf: x509.Certificate) -> None:
    """A certificate that doesn't say what its key is for may sign; one that says other things may not."""
    organizations = leaf.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    if not settings.DEMO and any(name.value == ORGANIZATION for name in organizations):
        raise SigningUnavailable("signing.demo")
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningUnavailable("signing.usage")


def _demonstration() -> SimpleSigner:
    folder = demonstration_folder()
    if (key := str(folder)) not in _kept:
        private, leaf, chain = (str(folder / name) for name in ("signer.key", "signer.pem", "ca.pem"))
        signer = SimpleSigner.load(private, leaf, ca_chain_files=[chain])  # type: ignore[no-untyped-call]
        _kept[key] = Certificate(cast(SimpleSigner, signer), now(), now())
    return _kept[key].signer
