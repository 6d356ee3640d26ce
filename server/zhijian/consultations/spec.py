"""What a consultation asks, as one typed value: clauses to comment on and questions to answer.

A draft may be incomplete: empty titles are allowed here, and :func:`zhijian.consultations.rules.content.faults`
says what is still missing. Keys are stable once the consultation is published: answers refer to them.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
Kind: TypeAlias = Literal["single", "multiple", "scale", "text", "matrix"]

KIND_WORDS: dict[str, str] = {
    "single": "单选",
    "multiple": "多选",
    "scale": "打分",
    "text": "填空",
    "matrix": "矩阵单选",
}


class Spec(BaseModel):
    """Base: an unknown field is an error, never dropped silently."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Clause(Spec):
    """条款: one article of a draft, with its number (第三条), title and text."""

    key: Key
    number: Line = ""
    title: Line = ""
    text: Words = ""


class Option(Spec):
    """A choice, or a row of a matrix."""

    key: Key
    label: Line = ""


class Condition(Spec):
    """Holds if the earlier ``question`` was asked and any of ``any_of`` (option keys, or points of a scale) chosen."""

    question: Key
    any_of: list[Annotated[str, StringConstraints(max_length=20)]] = Field(max_length=60)


class Question(Spec):
    """One question. ``show_if``: asked only if all conditions hold; empty = always.

    ``choices_min`` and ``choices_max`` bound a multiple choice, ``points`` is the best mark of a scale that begins at 1,
    ``length_max`` counts characters of a text. ``rows`` × ``options`` make a matrix, one option a row.
    """

    key: Key
    kind: Kind = "single"
    title: Line = ""
    hint: Line = ""
    required: bool = True
    options: list[Option] = Field(default_factory=list, max_length=30)
    rows: list[Option] = Field(default_factory=list, max_length=20)
    choices_min: int = Field(default=1, ge=0, le=30)
    choices_max: int = Field(default=30, ge=1, le=30)
    points: int = Field(default=5, ge=2, le=10)
    low_label: Line = ""
    high_label: Line = ""
    length_max: int = Field(default=500, ge=10, le=2000)
    show_if: list[Condition] = Field(default_factory=list, max_length=10)

    @property
    def choices(self) -> list[str]:
        """What a condition may name: option keys, or the points of a scale as text."""
        if self.kind == "scale":
            return [str(point) for point in range(1, self.points + 1)]
        return [option.key for option in self.options] if self.kind in {"single", "multiple"} else []

    def label_of(self, choice: str) -> str:
        """The words of a choice; a point of a scale is its own word."""
        return next((option.label for option in self.options if option.key == choice), choice)


class Content(Spec):
    """Clauses, questions, or both."""

    clauses: list[Clause] = Field(default_factory=list, max_length=300)
    questions: list[Question] = Field(default_factory=list, max_length=100)

    @property
    def clause_keys(self) -> set[str]:
        return {clause.key for clause in self.clauses}

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)
