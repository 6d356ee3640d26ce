"""Whether a consultation's text and questions can be put before the public. Pure."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from zhijian.consultations.spec import Content, Question
from zhijian.core.errors import FieldError

USUAL_PERIOD = timedelta(days=30)
"""Public comment on rules that concern enterprises usually takes no less (行政规范性文件制定程序; a shorter one needs a reason)."""


def period_fault(opens_at: datetime | None, closes_at: datetime | None) -> FieldError | None:
    if opens_at is None or closes_at is None:
        return FieldError("/closes_at", "required", "请填写征集的开始和结束时间")
    if closes_at <= opens_at:
        return FieldError("/closes_at", "order", "结束时间要晚于开始时间")
    return None


def short_period(opens_at: datetime, closes_at: datetime, *, concerns_enterprises: bool) -> str:
    """A warning in Chinese if the time is shorter than usual; empty if it isn't."""
    days = (closes_at - opens_at).days
    if not concerns_enterprises or closes_at - opens_at >= USUAL_PERIOD:
        return ""
    return f"涉及企业的规定公开征求意见一般不少于30日，现在只有{days}日，请写明缩短的理由"


def faults(content: Content) -> list[FieldError]:
    """Everything that keeps this content from being published; empty if nothing does."""
    found = []
    if not content.clauses and not content.questions:
        found.append(FieldError("/content", "required", "请至少写一个条款或一道题"))
    found += _repeated(content)
    for place, clause in enumerate(content.clauses, 1):
        if not clause.text:
            found.append(FieldError(f"/clauses/{clause.key}", "required", f"第{place}个条款没有内容"))
    for place, question in enumerate(content.questions, 1):
        before = content.questions[: place - 1]
        found += [
            FieldError(f"/questions/{question.key}", code, f"第{place}题：{words}")
            for code, words in (*_own_faults(question), *_condition_faults(question, before))
        ]
    return found


def _repeated(content: Content) -> Iterator[FieldError]:
    keys = Counter([*(clause.key for clause in content.clauses), *(one.key for one in content.questions)])
    for key, count in keys.items():
        if count > 1:
            yield FieldError("/content", "repeated", f"标识 {key} 重复了")


def _own_faults(question: Question) -> Iterator[tuple[str, str]]:
    if not question.title:
        yield "required", "请写出问题"
    yield from _list_faults(question)
    if question.kind == "multiple":
        if question.choices_min > question.choices_max:
            yield "bounds", "最少选几项不能多于最多选几项"
        if question.choices_min > len(question.options):
            yield "bounds", "最少要选的项数多于选项"


def _list_faults(question: Question) -> Iterator[tuple[str, str]]:
    lists = []
    if question.kind in {"single", "multiple", "matrix"}:
        lists.append(("选项", question.options, 2))
    if question.kind == "matrix":
        lists.append(("行", question.rows, 1))
    for name, options, least in lists:
        labels = [option.label for option in options]
        if len(options) < least:
            yield "required", f"至少要有{least}个{name}"
        if not all(labels):
            yield "required", f"有{name}没有写文字"
        if len(set(labels)) < len(labels) or len({option.key for option in options}) < len(options):
            yield "repeated", f"有重复的{name}"


def _condition_faults(question: Question, before: list[Question]) -> Iterator[tuple[str, str]]:
    earlier = {one.key: one for one in before}
    for condition in question.show_if:
        asked = earlier.get(condition.question)
        if asked is None:
            yield "condition", "显示条件只能引用前面的题"
        elif not condition.any_of or not set(condition.any_of) <= set(asked.choices):
            yield "condition", "显示条件引用的选项不存在"
