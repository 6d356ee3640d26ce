"""Which certificates sign, over everything an operator may configure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.test import Client
from procrastinate import RetryStrategy
from pytest_django.fixtures import Settings
from time_machine import travel

from zhijian.core import pdf
from zhijian.core.pdf import certificates
from zhijian.core.pdf.certificates import SigningUnavailable
from zhijian.core.tasks import Patient

_DAY = timedelta(days=1)
PASSWORD = "right"


@dataclass(frozen=True)
class Made:
    """What the certificate is like; ``usage`` None: it does not say."""

    valid_from: int = -10
    valid_to: int = 300
    usage: frozenset[str] | None = frozenset({"digital_signature"})
    organization: str = "江临市电子认证有限公司"


def p12(folder: Path, made: Made) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, made.organization),
            x509.NameAttribute(NameOID.COMMON_NAME, "江临市政务服务中心"),
        ]
    )
    moment = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment + made.valid_from * _DAY)
        .not_valid_after(moment + made.valid_to * _DAY)
    )
    if made.usage is not None:
        kinds = (
            "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
            "key_cert_sign crl_sign encipher_only decipher_only"
        )
        usage = x509.KeyUsage(**{kind: kind in made.usage for kind in kinds.split()})
        builder = builder.add_extension(usage, critical=True)
    path = folder / "seal.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal", key, builder.sign(key, hashes.SHA256()), None, BestAvailableEncryption(PASSWORD.encode())
        )
    )
    return path


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Callable[..., Path]:
    """A city that is no demo, with the certificate that the test wants."""

    def do(made: Made | None = None, *, password: str = PASSWORD) -> Path:
        settings.DEMO = False
        path = p12(tmp_path, made or Made())
        monkeypatch.setenv("SIGNING_PKCS12", str(path))
        monkeypatch.setenv("SIGNING_PKCS12_PASSWORD", password)
        return path

    return do


def sign() -> bytes:
    document = pdf.render("demo_material", {"name": "收件凭证", "lines": []})
    return pdf.sign(document, reason="收件")


GOOD = [Made(), Made(usage=frozenset({"content_commitment"})), Made(usage=None)]
BAD: dict[str, Made] = {
    "signing.expired": Made(valid_from=-400, valid_to=-60),
    "signing.not_yet": Made(valid_from=2),
    "signing.usage": Made(usage=frozenset({"key_cert_sign", "crl_sign"})),
    "signing.demo": Made(organization="演示 DEMO"),
}


@pytest.mark.parametrize("made", GOOD)
def test_a_valid_certificate_signs(configure: Callable[..., Path], made: Made) -> None:
    configure(made)
    assert b"/Contents" in sign()
    assert certificates.fault() == ""


@pytest.mark.parametrize("code", BAD)
def test_no_other_certificate_signs(configure: Callable[..., Path], code: str) -> None:
    configure(BAD[code])
    assert certificates.fault() == code
    with pytest.raises(SigningUnavailable, match=code):
        sign()


def test_nothing_signs_without_a_certificate(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGNING_PKCS12", raising=False)
    settings.DEMO = False
    with pytest.raises(SigningUnavailable, match=r"signing\.missing"):
        sign()


def test_a_wrong_password_and_a_broken_file_are_told_apart(configure: Callable[..., Path]) -> None:
    path = configure(password="wrong")
    assert certificates.fault() == "signing.password"
    path.write_bytes(b"no certificate")
    assert certificates.fault() == "signing.unreadable"
    path.unlink()
    assert certificates.fault() == "signing.unreadable"


def test_one_that_expires_while_running_signs_no_more_and_a_renewed_one_is_taken(
    configure: Callable[..., Path],
) -> None:
    configure(Made(valid_to=30))
    sign()
    with travel(datetime.now(UTC) + 31 * _DAY):
        with pytest.raises(SigningUnavailable, match=r"signing\.expired"):
            sign()
        configure(Made(valid_to=300))
        assert sign()


def test_the_receipts_task_waits_for_a_new_certificate(configure: Callable[..., Path]) -> None:
    """Beyond ten attempts, which end within a day; other failures end as before."""

    class Job:
        attempts = 500

    patient = Patient(max_attempts=10, exponential_wait=3)
    assert patient.get_retry_decision(exception=SigningUnavailable("signing.expired"), job=Job())  # type: ignore[arg-type]
    assert patient.get_retry_decision(exception=ValueError(), job=Job()) is None  # type: ignore[arg-type]
    assert isinstance(patient, RetryStrategy)


@pytest.mark.parametrize(("days", "code"), [(61, ""), (60, "signing.expiring"), (1, "signing.expiring")])
def test_warns_sixty_days_ahead(configure: Callable[..., Path], days: int, code: str) -> None:
    from config.preflight.conditions import signing

    configure(Made(valid_to=days, valid_from=-1))
    with travel(datetime.now(UTC) - timedelta(minutes=5)):
        assert [str(found.id) for found in signing(None)] == ([f"preflight.{code}"] if code else [])


@pytest.mark.django_db
def test_health_tells_and_goes_on(configure: Callable[..., Path], client: Client) -> None:
    configure(BAD["signing.expired"])
    said = client.get("/healthz").json()
    assert said["signing"] == "signing.expired"
    assert said["signing_days_left"] < 0
    assert client.get("/readyz").status_code == 200


def test_the_demos_certificate_goes_with_the_demos_mark(settings: Settings) -> None:
    """Whatever it signs says on its face that it is a demo's: both hang on the one setting."""
    from pypdf import PdfReader

    settings.DEMO = True
    import io

    text = PdfReader(io.BytesIO(sign())).pages[0].extract_text()
    assert "演示" in text
