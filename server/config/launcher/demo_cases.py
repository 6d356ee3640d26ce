"""Cases of the demo city in every stage, so that queues, clocks and lights have something to show.

They are replayed through the domain's own actions, each at its own past moment.
"""

import io
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from zhijian.cases import actions
from zhijian.cases.models import Case
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.completeness import must_be_given
from zhijian.cases.rules.corrections import Fault
from zhijian.catalog.rules import apply_answers
from zhijian.catalog.spec import Material
from zhijian.core.clock import now, replaying
from zhijian.core.crypto import blind_index
from zhijian.core.pdf import render
from zhijian.identity.models import Citizen
from zhijian.licences.queries import held_by
from zhijian.organizations.models import Staff


@transaction.atomic
def load_cases(rows: Iterable[Mapping[str, Any]]) -> int:
    """Replay ``rows`` unless the city has cases already; returns how many."""
    if Case.objects.exists():
        return 0
    present = now()
    count = 0
    for row in rows:
        case = _submitted(row, present - timedelta(days=row["submitted_days_ago"]))
        for step in row["steps"]:
            _do(case, step, present - timedelta(days=step["days_ago"]))
        count += 1
    return count


def _submitted(row: Mapping[str, Any], moment: datetime) -> Case:
    citizen = Citizen.objects.get(phone_index=blind_index("phone", row["person"]))
    person = {"name": citizen.name, "id_number": citizen.id_number, "phone": citizen.phone}
    values = {
        name: value.format(**person) if isinstance(value, str) else value
        for name, value in row["values"].items()
    }
    with replaying(moment - timedelta(minutes=20)):
        case, _ = actions.open_draft(
            citizen.actor, citizen=citizen, item_code=row["item"], answers=row["answers"]
        )
        actions.save_form(citizen.actor, case=case, values=values)
        for material in apply_answers(version(case.item_version_id).spec, row["answers"]).materials:
            if must_be_given(material):
                _give(citizen, case, material)
    with replaying(moment):
        return actions.submit(citizen.actor, case=case, consent=True)


def _give(citizen: Citizen, case: Case, material: Material) -> None:
    """Reuse a held licence as people should; upload a stand-in otherwise."""
    held = (
        held_by(citizen).filter(licence_type=material.licence_type).first() if material.licence_type else None
    )
    if held is not None and held.file is not None:
        actions.reuse(citizen.actor, case=case, code=material.code, kind="licence", reference=held.public_id)
        return
    upload = _portrait() if material.code == "photo" else _paper(material.name, citizen)
    actions.attach(
        citizen.actor, case=case, code=material.code, upload=upload, upload_id=secrets.token_hex(16)
    )


def _paper(name: str, citizen: Citizen) -> SimpleUploadedFile:
    lines = ["本页只用于演示，不是真实材料。", f"提交人：{citizen.masked_name}"]
    content = render("demo_material", {"demo": True, "name": name, "lines": lines})
    return SimpleUploadedFile(f"{name}.pdf", content, "application/pdf")


def _portrait() -> SimpleUploadedFile:
    image = Image.new("RGB", (358, 441), "#eef2f6")
    draw = ImageDraw.Draw(image)
    draw.ellipse((119, 90, 239, 230), fill="#c3ccd6")
    draw.pieslice((49, 250, 309, 620), 180, 360, fill="#7f8ea0")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return SimpleUploadedFile("照片.jpg", buffer.getvalue(), "image/jpeg")


def _do(case: Case, step: Mapping[str, Any], moment: datetime) -> None:
    staff = Staff.objects.get(username=step["as"])
    details = dict(step.get("with", {}))
    for name in ("fields", "materials"):
        if name in details:
            details[name] = [Fault(key, words) for key, words in details[name]]
    with replaying(moment):
        getattr(actions, step["do"])(staff.actor, case=case, **details)
