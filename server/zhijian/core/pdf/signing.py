"""Electronic signatures on our documents: PAdES, with the signature's field lying over the drawn seal."""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import TextStampStyle

from zhijian.core.pdf import certificates
from zhijian.core.pdf.typesetting import SealPlace

FIELD = "Seal"


_ROOM = 16_384  # hexadecimal digits for the signature and its certificates; saves a trial signature
_PAGE_HEIGHT = 841.89  # A4, points
# The seal itself is part of the page: the field over it stays clear, and opens the signature's details on a click.
_CLEAR = TextStampStyle(stamp_text="", border_width=0, background=None)


def sign(document: bytes, *, reason: str, location: str = "", place: SealPlace | None = None) -> bytes:
    """The document with one more revision that holds the signature; a change after it breaks the signature.

    Raises SigningUnavailable, rather than sign with anything but a valid certificate.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        location=location or None,
    )
    signer = signers.PdfSigner(
        metadata, certificates.load(), stamp_style=_CLEAR, new_field_spec=_field(place)
    )
    signed: io.BytesIO = signer.sign_pdf(writer, bytes_reserved=_ROOM)
    return signed.getvalue()


def _field(place: SealPlace | None) -> fields.SigFieldSpec:
    if place is None:
        return fields.SigFieldSpec(FIELD)
    bottom = _PAGE_HEIGHT - place.y - place.size
    box = (round(place.x), round(bottom), round(place.x + place.size), round(bottom + place.size))
    return fields.SigFieldSpec(FIELD, on_page=place.page - 1, box=box)
