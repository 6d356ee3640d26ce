"""What happened to consultations. Never who took part."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class ConsultationPublished(Event):
    """Everybody can read it; it opens at ``opens_at`` (ISO 8601)."""

    consultation_id: str
    department_code: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True, slots=True)
class ConsultationExtended(Event):
    consultation_id: str
    closes_at: str


@dataclass(frozen=True, slots=True)
class ConsultationWithdrawn(Event):
    """Ended without feedback; those who asked for the result are told through ``queries.contacts.participants``."""

    consultation_id: str


@dataclass(frozen=True, slots=True)
class ConsultationFeedbackPublished(Event):
    """The report is out; those who asked for it are told through ``queries.contacts.participants``."""

    consultation_id: str


@dataclass(frozen=True, slots=True)
class CommentsModerated(Event):
    """``shown`` and ``hidden`` count comments. Authors see their own through their log-in; nobody can be pushed to."""

    consultation_id: str
    shown: int
    hidden: int
