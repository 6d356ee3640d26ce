"""The demo's certificate: made once, with the word DEMO in its names.

Its root is public (``secrets/signing/ca.pem``); the root's key is thrown away once it has signed.
"""

import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from zhijian.core.clock import now

ORGANIZATION = "演示 DEMO"
_LIFETIME = timedelta(days=3650)
_PEM = serialization.Encoding.PEM


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
        NameOID.ORGANIZATION_NAME: ORGANIZATION,
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
