"""Citizens' licences, and the public verification page's answer."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from zhijian.core.api import Router
from zhijian.core.clock import today
from zhijian.core.throttle import brake
from zhijian.identity.auth import citizen_bearer, citizen_of
from zhijian.licences import queries, rules
from zhijian.licences.errors import TooManyChecks
from zhijian.licences.models import Licence

router = Router(tags=["licences"])
_CHECKS_A_MINUTE = 30


class LicenceOut(Schema):
    """``status``: valid, pending, expired or revoked. ``ready``: the PDF can be downloaded."""

    id: str
    name: str
    number: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    status: str
    status_label: str
    status_label_en: str
    department: str
    verify_url: str
    ready: bool


class VerificationOut(Schema):
    """``status``: valid, pending, expired, revoked or unknown; ``digest`` is the PDF's SM3."""

    status: str
    status_label: str
    status_label_en: str
    name: str
    number_masked: str
    holder_masked: str
    department: str
    issued_on: date | None
    valid_to: date | None
    digest: str


@router.get("/licences", response=list[LicenceOut], auth=citizen_bearer)
def list_licences(request: HttpRequest) -> list[LicenceOut]:
    """我的证照，新颁发的在前。"""
    return [_licence(licence) for licence in queries.held_by(citizen_of(request))]


@router.get("/licences/{licence_id}/file", auth=citizen_bearer)
def download(request: HttpRequest, licence_id: str) -> HttpResponse:
    """证照文件（PDF，带电子签名）。"""
    licence = queries.of_citizen(citizen_of(request), licence_id)
    response = HttpResponse(queries.document(licence), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{licence.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@router.get("/verifications/{code}", response=VerificationOut, auth=None)
def verify(request: HttpRequest, code: str) -> VerificationOut:
    """按二维码里的核验码查证照真伪；查无此证时 status 为 unknown。无需登录。"""
    brake(request, scope="verification", limit=_CHECKS_A_MINUTE, seconds=60, problem=TooManyChecks)
    found = queries.verification(code)
    return VerificationOut(
        name=found.name,
        number_masked=found.number_masked,
        holder_masked=found.holder_masked,
        department=found.department,
        issued_on=found.issued_on,
        valid_to=found.valid_to,
        digest=found.digest,
        **_status(found.state),
    )


def _licence(licence: Licence) -> LicenceOut:
    return LicenceOut(
        id=licence.public_id,
        name=licence.name,
        number=licence.number,
        issued_on=licence.issued_on,
        valid_from=licence.valid_from,
        valid_to=licence.valid_to,
        department=licence.department.name,
        verify_url=licence.verify_url,
        ready=licence.file_id is not None,
        **_status(licence.state_on(today())),
    )


def _status(state: rules.State) -> dict[str, str]:
    label, label_en = rules.STATE_WORDS[state]
    return {"status": state.value, "status_label": label, "status_label_en": label_en}
