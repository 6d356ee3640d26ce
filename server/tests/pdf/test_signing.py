"""Signatures as a stranger's reader checks them."""

import io
import json
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from cryptography import x509
from django.conf import settings
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from zhijian.core import pdf
from zhijian.core.pdf import certificates

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="module")
def signed() -> bytes:
    data = json.loads((SAMPLES / "certificate.json").read_text())
    return pdf.render_sealed("certificate", data, reason="颁发无犯罪记录证明")


def check(document: bytes) -> tuple[bool, bool]:
    """Whether the content is what was signed, and whether the signer is trusted through our authority."""
    root = load_cert_from_pemder(str(certificates.demonstration_folder() / "ca.pem"))
    (signature,) = PdfFileReader(io.BytesIO(document)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
    return status.intact and status.valid, bool(status.trusted and status.bottom_line)


def test_signature_is_whole_and_trusted_through_its_authority(signed: bytes) -> None:
    assert check(signed) == (True, True)


def test_changed_content_breaks_it(signed: bytes) -> None:
    forged = bytearray(signed)
    forged[signed.index(b"/Contents") - 400] ^= 1
    try:
        whole, _ = check(bytes(forged))
    except Exception:  # a broken structure is as good a refusal as a broken digest
        whole = False
    assert not whole


def test_field_lies_over_the_seal_and_leaves_it_visible(signed: bytes) -> None:
    (annotation,) = PdfReader(io.BytesIO(signed)).pages[0]["/Annots"]
    left, bottom, right, top = [float(side) for side in annotation.get_object()["/Rect"]]
    assert 110 < right - left < 125
    assert 110 < top - bottom < 125
    assert left > 595 / 2
    assert bottom > 50


def test_document_without_a_seal_can_be_signed_too() -> None:
    document = pdf.render("receipt", json.loads((SAMPLES / "receipt.json").read_text()))
    assert check(pdf.sign(document, reason="收件")) == (True, True)


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_poppler_accepts_it(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    report = subprocess.run(
        ["pdfsig", "-nocert", path], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Signature is Valid" in report.stdout
    assert "ETSI.CAdES.detached" in report.stdout
    assert "Total document signed" in report.stdout


def test_demonstration_keys_are_private_and_named_as_such() -> None:
    folder = certificates.demonstration_folder()
    assert folder == Path(settings.HOME) / "secrets" / "signing"
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "signer.key").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in folder.iterdir()) == ["ca.pem", "signer.key", "signer.pem"]
    leaf = x509.load_pem_x509_certificate((folder / "signer.pem").read_bytes())
    assert "演示" in leaf.subject.rfc4514_string()


def test_processes_that_start_together_make_one_authority(tmp_path: Path) -> None:
    from django.test import override_settings

    with override_settings(HOME=tmp_path):
        threads = [threading.Thread(target=certificates.demonstration_folder) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["signing"]


def test_citys_own_certificate_is_used_when_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        load_pem_private_key,
        pkcs12,
    )

    folder = certificates.demonstration_folder()
    key = load_pem_private_key((folder / "signer.key").read_bytes(), None)
    leaf = x509.load_pem_x509_certificate((folder / "signer.pem").read_bytes())
    bundle = pkcs12.serialize_key_and_certificates(
        b"city", key, leaf, None, BestAvailableEncryption(b"secret")
    )  # type: ignore[arg-type]
    (tmp_path / "city.p12").write_bytes(bundle)
    monkeypatch.setenv("SIGNING_PKCS12", str(tmp_path / "city.p12"))
    monkeypatch.setenv("SIGNING_PKCS12_PASSWORD", "secret")
    assert certificates.load().signing_cert.subject.native["common_name"] == "指尖演示电子印章"
    monkeypatch.setenv("SIGNING_PKCS12_PASSWORD", "wrong")
    with pytest.raises(certificates.SigningUnavailable):
        certificates.load()
