"""What happened, as the citizen reads it: posts, never persons; the office's own opinions stay inside."""

from zhijian.cases.models import Case, CaseStep
from zhijian.cases.presenting import shapes
from zhijian.cases.rules.acts import Action, label, label_en
from zhijian.core.dates import day_of

#: Desk work and what is asked inside the office are not the citizen's matter.
_INTERNAL = {
    Action.CLAIM,
    Action.RELEASE,
    Action.TRANSFER,
    Action.TAKE_OVER,
    Action.ASK_EXTENSION,
    Action.DENY_EXTENSION,
    Action.RECALL_EXTENSION,
    Action.SEND_BACK,
    Action.ARCHIVE,
}


def timeline(case: Case) -> list[shapes.TimelineEntry]:
    """The latest first; ``case.steps`` are prefetched."""
    steps = case.steps.all() if case.submitted_at else ()
    told = [step for step in steps if step.action not in _INTERNAL]
    return [_entry(step) for step in sorted(told, key=lambda step: step.pk, reverse=True)]


def _entry(step: CaseStep) -> shapes.TimelineEntry:
    return shapes.TimelineEntry(
        at=step.at,
        action=step.action,
        label=label(step.action),
        label_en=label_en(step.action),
        post=step.post,
        note=step.note or "",
    )


def correction_view(case: Case) -> shapes.CorrectionView | None:
    """The open notice: what is wrong, in the officer's words."""
    notice = case.correction if case.corrected else None
    if notice is None or notice.answered_at is not None:
        return None
    items = list(notice.items.all())
    due_on = day_of(notice.due_at)
    assert due_on is not None
    return shapes.CorrectionView(
        due_on=due_on,
        note=notice.note,
        fields=[
            shapes.FieldFault(path=item.key, label=item.label, words=item.words)
            for item in items
            if item.kind == "field"
        ],
        materials=[
            shapes.MaterialFault(code=item.key, name=item.label, words=item.words)
            for item in items
            if item.kind == "material"
        ],
    )
