"""The JSON of the citizen API for cases."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, create_model

from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.cases.rules.states import State
from zhijian.catalog.codes import Necessity
from zhijian.core.deadlines import LimitUnit
from zhijian.core.lights import Light
from zhijian.core.openapi import FieldProblem

#: Told alike, whether it was just computed or comes from the database.
Moment = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
CitizenAction = Literal["submit", "withdraw", "urge", "resubmit", "rate", "confirm_receipt", "delete"]


class ItemRef(Schema):
    code: str
    name: str
    name_en: str


class Todo(Schema):
    kind: Literal["draft", "correction", "rate", "collect"]
    label: str
    label_en: str
    due_on: date | None


class CaseSummary(Schema):
    id: str
    number: str | None
    item: ItemRef
    state: State
    state_label: str
    state_label_en: str
    sentence: str
    sentence_en: str
    light: Light
    due_on: date | None
    days_left: int | None
    created_at: Moment
    updated_at: Moment
    todo: Todo | None


class CasePage(Schema):
    items: list[CaseSummary]
    next_cursor: str | None


class VersionRef(Schema):
    number: int
    hash: str
    document: str


class Changed(Schema):
    current_version: int | None
    changes: list[str]
    withdrawn: bool


class Applied(Schema):
    materials: list[str]
    fee: str
    promised: str
    promised_en: str
    halls: list[str]
    notes: list[str]
    notes_en: list[str]
    blocks: list[str]
    unanswered: list[str]


class FormValues(Schema):
    values: dict[str, Any]
    page: str


class Prefill(Schema):
    value: str
    source: str
    source_en: str
    locked: bool


class FileInfo(Schema):
    id: str
    name: str
    size: int
    mime: str
    pages: int | None
    source: Literal["upload", "licence", "file"]
    created_at: datetime


class MaterialView(Schema):
    code: str
    name: str
    name_en: str
    necessity: Necessity
    state: Literal["missing", "given", "flagged", "accepted"]
    words: str
    files: list[FileInfo]
    max_files: int


# ``from`` is a word of Python's, so the class statement cannot spell this field.
_PAUSE: dict[str, Any] = {"from": (datetime, ...), "to": (datetime | None, ...), "reason": (str, ...)}
Pause = create_model("Pause", __base__=Schema, **_PAUSE)


class Clock(Schema):
    started_at: Moment
    due_at: Moment
    rule: str
    law: str
    unit: LimitUnit | Literal[""]
    total_days: int
    used_days: int
    pauses: list[Pause]  # type: ignore[valid-type]
    extended: bool


class TimelineEntry(Schema):
    at: datetime
    action: str
    label: str
    label_en: str
    post: str
    note: str


class Holder(Schema):
    post: str
    department: str
    phone: str


class FieldFault(Schema):
    path: str
    label: str
    words: str


class MaterialFault(Schema):
    code: str
    name: str
    words: str


class CorrectionView(Schema):
    due_on: date
    note: str
    fields: list[FieldFault]
    materials: list[MaterialFault]


class RefusalView(Schema):
    kind: Literal["rejected", "refused"]
    reasons: str
    law: str
    remedies: str


class ResultView(Schema):
    licence_id: str
    name: str
    number: str
    valid_from: date
    valid_to: date | None
    verify_url: str


class DeliveryView(Schema):
    method: DeliveryMethod
    hall: str = ""
    address: str = ""
    receiver: str = ""
    phone: str = ""
    state: Literal["chosen", "ready", "done"]
    courier: str = ""
    tracking_number: str = ""


class DocumentRef(Schema):
    kind: Literal["receipt", "acceptance", "correction", "decision"]
    name: str
    name_en: str


class RatingRef(Schema):
    stars: int
    at: datetime


class NextSteps(Schema):
    text: str
    text_en: str
    phone: str


class CaseDetail(CaseSummary):
    version: VersionRef
    changed: Changed | None
    answers: dict[str, str]
    applied: Applied
    form: FormValues
    revision: int
    revisions: dict[str, int]
    form_errors: list[FieldProblem]
    prefill: dict[str, Prefill]
    materials: list[MaterialView]
    clock: Clock | None
    timeline: list[TimelineEntry]
    holder: Holder | None
    correction: CorrectionView | None
    refusal: RefusalView | None
    result: ResultView | None
    delivery: DeliveryView | None
    documents: list[DocumentRef]
    actions: list[CitizenAction]
    rating: RatingRef | None
    next_steps: NextSteps


class ReusableView(Schema):
    material_code: str
    kind: Literal["licence", "file"]
    id: str
    label: str
    valid_to: date | None
