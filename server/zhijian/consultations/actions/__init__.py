"""The only writers of consultations."""

from zhijian.consultations.actions.answering import Sheet, replace, retract, take_part
from zhijian.consultations.actions.exporting import note_export
from zhijian.consultations.actions.feedback import (
    answer_group,
    assign,
    make_group,
    publish_feedback,
    remove_group,
    save_overview,
    send_back_feedback,
    submit_feedback,
)
from zhijian.consultations.actions.moderation import moderate
from zhijian.consultations.actions.preparation import (
    Draft,
    attach,
    detach,
    discard_draft,
    open_draft,
    save_draft,
)
from zhijian.consultations.actions.publication import (
    extend,
    publish,
    send_back,
    submit,
    take_back,
    withdraw,
)
from zhijian.consultations.actions.severing import forget_contacts

__all__ = [
    "Draft",
    "Sheet",
    "answer_group",
    "assign",
    "attach",
    "detach",
    "discard_draft",
    "extend",
    "forget_contacts",
    "make_group",
    "moderate",
    "note_export",
    "open_draft",
    "publish",
    "publish_feedback",
    "remove_group",
    "replace",
    "retract",
    "save_draft",
    "save_overview",
    "send_back",
    "send_back_feedback",
    "submit",
    "submit_feedback",
    "take_back",
    "take_part",
    "withdraw",
]
