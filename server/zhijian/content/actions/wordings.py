from django.db import IntegrityError, transaction

from zhijian.audit.actions import record
from zhijian.content.actions.desk import ARTICLES
from zhijian.content.codes import Severity
from zhijian.content.errors import ContentInvalid, WordExists
from zhijian.content.models import Wording
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.editorial.queries import is_centre_reviewer
from zhijian.editorial.rules import Refusal


@transaction.atomic
def add_word(actor: Actor, *, wrong: str, right: str, severity: Severity, note: str = "") -> Wording:
    """Forbid a word for the whole city. Raises :class:`WordExists`, :class:`ContentInvalid`."""
    _check_centre(actor)
    wrong, right = wrong.strip(), right.strip()
    if not wrong or len(wrong) > 40 or len(right) > 60 or wrong == right:
        words = "请填写不规范写法和与它不同的规范写法"
        raise ContentInvalid(fields=[FieldError(path="/wrong", code="invalid", message=words)])
    try:
        with transaction.atomic():
            row = Wording.objects.create(wrong=wrong, right=right, severity=severity, note=note.strip()[:100])
    except IntegrityError as error:
        raise WordExists from error
    record(
        actor, "content.word_added", subject="wordings", facts={"wrong": wrong, "severity": severity.value}
    )
    return row


@transaction.atomic
def remove_word(actor: Actor, *, wrong: str) -> None:
    """Allow a word again; absent is as good as removed."""
    _check_centre(actor)
    if Wording.objects.filter(wrong=wrong).delete()[0]:
        record(actor, "content.word_removed", subject="wordings", facts={"wrong": wrong})


def _check_centre(actor: Actor) -> None:
    staff = ARTICLES.staff_of(actor, "wordings")
    if staff and not is_centre_reviewer(staff):
        ARTICLES.refuse(Refusal.NOT_YOURS, actor, "wordings")
