"""The application form 申请表 as it is authored, and what every part of a specification stands on."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class Spec(BaseModel):
    """Base: an unknown field is an error, never dropped silently."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Choice(Spec):
    """One value of a choice field."""

    value: Line
    label: Line
    label_en: Line = ""


class Condition(Spec):
    """A field is shown, asked and accepted only when another top-level field has one of these values."""

    field: Key
    values: list[str | bool] = Field(min_length=1)


_Plain = Literal[
    "text", "textarea", "number", "date", "choice", "choices", "boolean", "declaration", "address"
]
FieldType = Literal[_Plain, "phone", "id_number", "credit_code", "group"]
VERIFIED = ("citizen.name", "citizen.id_number")
"""What the register confirmed of the applicant. A contact phone is prefilled too, but it is no identity."""


class FormField(Spec):
    """A field of the application form; ``group`` repeats its ``fields`` between ``min`` and ``max`` times.

    The label of a ``declaration`` is a sentence that the applicant confirms (我确认…); its only value is true.
    """

    name: Key
    type: FieldType
    label: Line
    label_en: Line = ""
    hint: Line = ""
    hint_en: Line = ""
    required: bool = True
    min: int | None = None
    max: int | None = None
    options: list[Choice] = Field(default_factory=list)
    show_if: Condition | None = None
    prefill: Literal["", "citizen.name", "citizen.id_number", "citizen.phone"] = ""
    fields: list["FormField"] = Field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Whether this is the applicant's own identity, which nobody types."""
        return self.prefill in VERIFIED


class FormPage(Spec):
    """One topic of the wizard."""

    key: Key
    title: Line
    title_en: Line = ""
    fields: list[FormField] = Field(min_length=1)


class FormSpec(Spec):
    """The authored form; :mod:`zhijian.catalog.forms` compiles it to JSON Schema and UI schema."""

    pages: list[FormPage] = Field(default_factory=list)
