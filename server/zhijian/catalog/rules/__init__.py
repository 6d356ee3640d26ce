"""Pure decisions of the catalogue."""

from zhijian.catalog.rules.changes import Change, changes, describe_changes
from zhijian.catalog.rules.consistency import check_spec
from zhijian.catalog.rules.limits import limit_text, limit_text_en
from zhijian.catalog.rules.situations import Applied, Note, apply_answers, fee_text

__all__ = [
    "Applied",
    "Change",
    "Note",
    "apply_answers",
    "changes",
    "check_spec",
    "describe_changes",
    "fee_text",
    "limit_text",
    "limit_text_en",
]
