"""Which questions a person is asked, and whether their answers are possible. Pure.

Values by question key: an option's key (single), a list of them (multiple), a whole number (scale), text (text),
{row: option} (matrix).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zhijian.consultations.spec import Content, Question
from zhijian.core.errors import FieldError

COMMENT_MAX = 2000  # characters
COMMENTS_MAX = 60  # of one person

Values = Mapping[str, Any]


def asked(content: Content, values: Values) -> list[Question]:
    """The questions that these answers lead to, in order. An answer to a question that isn't asked opens nothing."""
    found: dict[str, Question] = {}
    for question in content.questions:
        if all(
            condition.question in found and _chosen(values.get(condition.question)) & set(condition.any_of)
            for condition in question.show_if
        ):
            found[question.key] = question
    return list(found.values())


def faults(content: Content, values: Values) -> list[FieldError]:
    """What is wrong with the answers; empty if they may be taken."""
    shown = asked(content, values)
    known, reachable = {one.key for one in content.questions}, {one.key for one in shown}
    found = [
        FieldError("/answers", "unknown", "答卷里有不存在的题目，请刷新后重新填写")
        for key in values
        if key not in known
    ]
    found += [
        FieldError(f"/answers/{key}", "unreachable", "按您前面的选择，这一题不需要回答")
        for key in values
        if key in known - reachable
    ]
    for question in shown:
        words = _fault(question, values.get(question.key))
        if words:
            found.append(FieldError(f"/answers/{question.key}", "answer", words))
    return found


def comment_faults(content: Content, comments: Sequence[tuple[str, str]]) -> list[FieldError]:
    """``comments`` as (clause key or "" for the whole, text)."""
    if len(comments) > COMMENTS_MAX:
        return [FieldError("/comments", "too_many", f"一次最多提{COMMENTS_MAX}条意见，请合并后再提交")]
    found = []
    targets = [target for target, _ in comments]
    for place, (target, text) in enumerate(comments):
        if target and target not in content.clause_keys:
            found.append(FieldError(f"/comments/{place}/clause", "unknown", "没有这个条款，请刷新后重新填写"))
        if targets.index(target) != place:
            found.append(FieldError(f"/comments/{place}/clause", "repeated", "同一条款的意见请写在一起"))
        if not clean(text):
            found.append(FieldError(f"/comments/{place}/text", "required", "请写下意见"))
        elif len(text) > COMMENT_MAX:
            words = f"每条意见最多{COMMENT_MAX}个字，请缩短"
            found.append(FieldError(f"/comments/{place}/text", "too_long", words))
    return found


def texts(content: Content, values: Values) -> dict[str, str]:
    """Answers in free words, cleaned, by question; they are moderated like comments and kept apart from choices."""
    written = {
        one.key: values[one.key] for one in content.questions if one.kind == "text" and one.key in values
    }
    return {key: words for key, text in written.items() if (words := clean(text))}


def choices(content: Content, values: Values) -> dict[str, Any]:
    """Answers that are chosen, not written."""
    kinds = {one.key: one.kind for one in content.questions}
    return {
        key: value for key, value in values.items() if kinds[key] != "text" and value not in (None, [], {})
    }


def clean(text: str) -> str:
    """Without control characters (line breaks stay) and outer spaces."""
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable()).strip()


def _chosen(value: Any) -> set[str]:
    if isinstance(value, list):
        return {one for one in value if isinstance(one, str)}
    return {str(value)} if isinstance(value, str | int) and not isinstance(value, bool) else set()


def _fault(question: Question, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "请回答这一题" if question.required else ""
    return _FAULTS[question.kind](question, value)


def _single(question: Question, value: Any) -> str:
    return "" if isinstance(value, str) and value in question.choices else "请从选项中选择一项"


def _multiple(question: Question, value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return "请从选项中选择"
    if len(set(value)) < len(value) or not set(value) <= set(question.choices):
        return "请从选项中选择"
    most = min(question.choices_max, len(question.options))
    if len(value) < question.choices_min:
        return f"至少选{question.choices_min}项"
    return f"最多选{most}项" if len(value) > most else ""


def _scale(question: Question, value: Any) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return "" if whole and 1 <= value <= question.points else f"请打1到{question.points}分"


def _text(question: Question, value: Any) -> str:
    if not isinstance(value, str) or not clean(value):
        return "请写下您的回答"
    return f"最多写{question.length_max}个字，请缩短" if len(value) > question.length_max else ""


def _matrix(question: Question, value: Any) -> str:
    rows, columns = {row.key for row in question.rows}, {option.key for option in question.options}
    if not isinstance(value, dict) or not value.keys() <= rows:
        return "请为每一行选择一项"
    if not all(isinstance(one, str) and one in columns for one in value.values()):
        return "请为每一行选择一项"
    return "请为每一行选择一项" if question.required and value.keys() != rows else ""


_FAULTS: dict[str, Callable[[Question, Any], str]] = {
    "single": _single,
    "multiple": _multiple,
    "scale": _scale,
    "text": _text,
    "matrix": _matrix,
}
