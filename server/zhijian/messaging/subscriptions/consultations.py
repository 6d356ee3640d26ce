"""The end of a consultation, told to those who asked for it. Once told, nothing keeps who they were but their inboxes."""

from collections.abc import Iterator

from zhijian.consultations.actions import forget_contacts
from zhijian.consultations.events import ConsultationFeedbackPublished, ConsultationWithdrawn
from zhijian.consultations.models import Consultation
from zhijian.consultations.queries.contacts import participants
from zhijian.core.actor import SYSTEM
from zhijian.identity.models import Citizen
from zhijian.messaging.queries.holding import fact
from zhijian.messaging.subscriptions.base import Notice, tell_all


def _ended(consultation_id: str) -> Iterator[Notice]:
    row = Consultation.objects.get(public_id=consultation_id)
    people = Citizen.objects.filter(public_id__in=list(participants(consultation_id))).order_by("pk")
    for citizen in people.iterator(chunk_size=500):
        link = f"/pages/consultation/detail?id={consultation_id}"
        yield Notice(citizen, consultation_id, {"title": row.title}, link)
    forget_contacts(SYSTEM, consultation=row)  # all were told: nobody came here by an error


tell_all(ConsultationFeedbackPublished, "consultation.answered", _ended, holds=fact)
tell_all(ConsultationWithdrawn, "consultation.withdrawn", _ended, holds=fact)
