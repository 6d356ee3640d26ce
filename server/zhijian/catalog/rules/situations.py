"""情形: what the answers to an item's few questions change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from zhijian.catalog.errors import UnknownAnswer
from zhijian.catalog.spec import ItemSpec, Limit, Material, Option, Question
from zhijian.core.errors import FieldError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """An item as it is for one person's answers.

    ``fee`` is words. ``halls`` are codes in the item's order. ``blocks`` say why this person cannot apply online.
    ``unanswered`` are the keys of questions still open.
    """

    materials: tuple[Material, ...]
    fee: str
    promised_limit: Limit | None
    halls: tuple[str, ...]
    notes: tuple[Note, ...]
    blocks: tuple[str, ...]
    unanswered: tuple[str, ...]

    @property
    def material_codes(self) -> list[str]:
        return [material.code for material in self.materials]


def apply_answers(spec: ItemSpec, answers: Mapping[str, str]) -> Applied:
    """Narrow the item to ``answers`` (question key → option key); later questions override earlier ones.

    A removal wins over an addition: a material that one answer makes needless is not asked.
    Raises :class:`UnknownAnswer` for a question or an option that the item does not have.
    """
    chosen = _chosen(spec, answers)
    added = {code for option in chosen for code in option.adds}
    removed = {code for option in chosen for code in option.removes}
    halls = [place.hall for place in spec.places]
    left = _last([option.halls for option in chosen], halls)
    return Applied(
        materials=tuple(
            material
            for material in spec.materials
            if (not material.situational or material.code in added) and material.code not in removed
        ),
        fee=_last([option.fee for option in chosen], fee_text(spec)),
        promised_limit=_last([option.promised_limit for option in chosen], spec.promised_limit),
        halls=tuple(hall for hall in halls if hall in left),
        notes=tuple(Note(option.note, option.note_en) for option in chosen if option.note),
        blocks=tuple(option.blocks for option in chosen if option.blocks),
        unanswered=tuple(question.key for question in spec.questions if question.key not in answers),
    )


def fee_text(spec: ItemSpec) -> str:
    """What it costs, in words."""
    if not spec.charged:
        return "不收费"
    return "；".join(f"{fee.name}：{fee.standard}" for fee in spec.fees)


def _last(given: list[T], otherwise: T) -> T:
    return next((value for value in reversed(given) if value), otherwise)


def _chosen(spec: ItemSpec, answers: Mapping[str, str]) -> list[Option]:
    questions = {question.key: question for question in spec.questions}
    wrong = [key for key, value in answers.items() if _option(questions.get(key), value) is None]
    if wrong:
        raise UnknownAnswer(
            fields=[
                FieldError(
                    path=f"/answers/{str(key)[:40]}", code="unknown_answer", message="请重新选择这一项"
                )
                for key in wrong[:20]
            ]
        )
    found = [_option(question, answers.get(question.key, "")) for question in spec.questions]
    return [option for option in found if option is not None]


def _option(question: Question | None, key: str) -> Option | None:
    options = question.options if question else []
    return next((option for option in options if option.key == key), None)
