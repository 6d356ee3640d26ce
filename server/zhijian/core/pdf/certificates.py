"""Which certificate signs: the city's PKCS#12 file, or a demonstration one made on first use.

``SIGNING_PKCS12`` (path) and ``SIGNING_PKCS12_PASSWORD`` name the city's own, from a licensed certificate authority.
The demonstration authority's root is public (``secrets/signing/ca.pem``); its key is thrown away once it has signed.
"""

import os
import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.sign.signers import SimpleSigner

from zhijian.core.clock import now

_LIFETIME = timedelta(days=3650)
_PEM = serialization.Encoding.PEM


class SigningUnavailable(RuntimeError):
    """The configured certificate can't be read: an operator's mistake."""


def load() -> SimpleSigner:
    """Raises :class:`SigningUnavailable`."""
    path = os.environ.get("SIGNING_PKCS12")
    signer = _from_pkcs12(path) if path else _from_folder(demonstration_folder())
    if signer is None:
        raise SigningUnavailable(path or "demonstration certificate")
    return signer


def _from_pkcs12(path: str) -> SimpleSigner | None:
    password = os.environ.get("SIGNING_PKCS12_PASSWORD", "").encode() or None
    return cast(SimpleSigner | None, SimpleSigner.load_pkcs12(path, passphrase=password))  # type: ignore[no-untyped-call]


def _from_folder(folder: Path) -> SimpleSigner | None:
    key, certificate, chain = (str(folder / name) for name in ("signer.key", "signer.pem", "ca.pem"))
    return cast(SimpleSigner | None, SimpleSigner.load(key, certificate, ca_chain_files=[chain]))  # type: ignore[no-untyped-call]


def demonstration_folder() -> Path:
    """Folder with ``ca.pem``, ``signer.pem``, ``signer.key``; made whole, by one of several processes that start."""
    folder = Path(settings.HOME) / "secrets" / "signing"
    if folder.exists():
        return folder
    part = folder.with_name(f"signing.{secrets.token_hex(4)}")
    part.mkdir(mode=0o700, parents=True)
    _write(part)
    try:
        part.rename(folder)
    except OSError:
        shutil.rmtree(part)
        if not folder.exists():
            raise
    return folder


def _write(folder: Path) -> None:
    start = now()
    # Elliptic curves: an RSA key would take 100 ms to load for each signature.
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca_name, name = _name("指尖演示根证书"), _name("指尖演示电子印章")
    ca = _certificate(ca_name, ca_name, ca_key.public_key(), ca_key, start, authority=True)
    leaf = _certificate(name, ca_name, key.public_key(), ca_key, start, authority=False)
    private = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "ca.pem").write_bytes(ca.public_bytes(_PEM))
    (folder / "signer.pem").write_bytes(leaf.public_bytes(_PEM))
    (folder / "signer.key").touch(mode=0o600)
    (folder / "signer.key").write_bytes(private)


def _name(common: str) -> x509.Name:
    attributes = {
        NameOID.COUNTRY_NAME: "CN",
        NameOID.ORGANIZATION_NAME: "演示 DEMO",
        NameOID.COMMON_NAME: common,
    }
    return x509.Name([x509.NameAttribute(kind, words) for kind, words in attributes.items()])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    start: datetime,
    *,
    authority: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(minutes=5))
        .not_valid_after(start + _LIFETIME)
        .add_extension(
            x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True
        )
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issuer_id, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
