"""Pure decisions of the catalogue."""

from zhijian.catalog.rules.changes import Change, changes, describe_changes
from zhijian.catalog.rules.consistency import check_spec
from zhijian.catalog.rules.limits import limit_text, limit_text_en
from zhijian.catalog.rules.review import (
    ItemState,
    may_cancel,
    may_edit,
    may_review,
    may_withdraw,
)
from zhijian.catalog.rules.situations import Applied, Note, apply_answers, fee_text
from zhijian.editorial.rules import Refusal, Standing

__all__ = [
    "Applied",
    "Change",
    "ItemState",
    "Note",
    "Refusal",
    "Standing",
    "apply_answers",
    "changes",
    "check_spec",
    "describe_changes",
    "fee_text",
    "limit_text",
    "limit_text_en",
    "may_cancel",
    "may_edit",
    "may_review",
    "may_withdraw",
]
