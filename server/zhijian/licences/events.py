"""What happened to licences."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class LicenceIssued(Event):
    """A licence is in force; its document follows."""

    licence_id: str
    case_number: str


@dataclass(frozen=True, slots=True)
class LicenceDocumentMade(Event):
    """The signed PDF is stored and can be downloaded."""

    licence_id: str
    case_number: str


@dataclass(frozen=True, slots=True)
class LicenceRevoked(Event):
    licence_id: str
    case_number: str
