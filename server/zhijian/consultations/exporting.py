"""Answers for analysis elsewhere: a workbook in words and in codes, or a CSV in words. No persons, no moments, no order."""

from collections.abc import Iterator
from typing import Any

from zhijian.consultations.models import Answer, Comment, Consultation
from zhijian.consultations.rules.moderation import CommentState, HiddenReason, Outcome
from zhijian.consultations.spec import KIND_WORDS, Content, Question
from zhijian.core import sheets
from zhijian.core.sheets import Row


def workbook(consultation: Consultation) -> bytes:
    """XLSX with the sheets 答卷（文字）, 答卷（代码）, 代码说明, 意见."""
    content = Content.model_validate(consultation.content)
    return sheets.workbook(
        {
            "答卷（文字）": answer_rows(consultation, content, words=True),
            "答卷（代码）": answer_rows(consultation, content, words=False),
            "代码说明": _codebook(content),
            "意见": _comments(consultation, content),
        }
    )


def comma_separated(consultation: Consultation) -> bytes:
    """CSV in words."""
    content = Content.model_validate(consultation.content)
    return sheets.comma_separated(answer_rows(consultation, content, words=True))


def answer_rows(consultation: Consultation, content: Content, *, words: bool) -> Iterator[Row]:
    """A head, then one row an answer in the order of random keys. Free words stand in their own column."""
    columns = list(_columns(content))
    yield ["序号", *(head if words else code for head, code, _, _ in columns)]
    answers = Answer.objects.filter(consultation=consultation).order_by("id")
    answers = answers.prefetch_related("comments")
    for number, answer in enumerate(answers.iterator(chunk_size=2_000), 1):
        texts = {comment.target: comment.text for comment in answer.comments.all()}
        yield [
            number,
            *(_value(question, row, answer.values, texts, words) for _, _, question, row in columns),
        ]


def _columns(content: Content) -> Iterator[tuple[str, str, Question, str]]:
    """Head, code, question, matrix row."""
    for place, question in enumerate(content.questions, 1):
        head = f"{place}. {question.title}"
        if question.kind == "matrix":
            for row in question.rows:
                yield f"{head}：{row.label}", f"{question.key}.{row.key}", question, row.key
        else:
            yield head, question.key, question, ""


def _value(question: Question, row: str, values: dict[str, Any], texts: dict[str, str], words: bool) -> Any:
    if question.kind == "text":
        return texts.get(question.key, "")
    value = values.get(question.key)
    if question.kind == "matrix":
        value = (value or {}).get(row)
    if value is None:
        return ""
    if isinstance(value, list):
        return "；".join(question.label_of(one) if words else one for one in value)
    return question.label_of(value) if words and isinstance(value, str) else value


def _codebook(content: Content) -> Iterator[Row]:
    yield ["代码", "题型", "题目", "选项代码", "选项"]
    for question in content.questions:
        kind = KIND_WORDS[question.kind]
        choices = [(option.key, option.label) for option in question.options]
        for code, label in choices or [("", "")]:
            yield [question.key, kind, question.title, code, label]
        for row in question.rows:
            yield [f"{question.key}.{row.key}", kind, f"{question.title}：{row.label}", "", ""]


def _comments(consultation: Consultation, content: Content) -> Iterator[Row]:
    yield ["针对", "意见", "状态", "不公开的理由", "分组", "采纳情况", "答复"]
    titles = {clause.key: f"{clause.number} {clause.title}".strip() for clause in content.clauses}
    titles |= {question.key: question.title for question in content.questions}
    rows = Comment.objects.filter(consultation=consultation).select_related("group").order_by("id")
    for one in rows.iterator(chunk_size=2_000):
        reason = HiddenReason(one.reason).label if one.reason else ""
        group = (
            [one.group.title, Outcome(one.group.outcome).label, one.group.reply] if one.group else [""] * 3
        )
        yield [
            titles.get(one.target, "全文"),
            one.text,
            CommentState(one.state).label,
            reason,
            *group,
        ]
