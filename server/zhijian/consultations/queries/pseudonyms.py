"""The keyed digests that stand for a person within one consultation (docs/adr/0021).

Each table has its own purpose, so a copy of the tables joins nothing; only the keyring together with the person's
own identity, which their log-in supplies, finds their rows again.
"""

from zhijian.consultations.models import Consultation
from zhijian.core.crypto import keyed_digest
from zhijian.identity.models import Citizen


def pseudonym(citizen: Citizen, consultation: Consultation) -> str:
    """That this real person takes part."""
    return _digest("participation", citizen, consultation)


def handle(citizen: Citizen, consultation: Consultation) -> str:
    """Leads to their answer."""
    return _digest("answer", citizen, consultation)


def contact_handle(citizen: Citizen, consultation: Consultation) -> str:
    """Leads to their wish to be told."""
    return _digest("contact", citizen, consultation)


def _digest(table: str, citizen: Citizen, consultation: Consultation) -> str:
    # The id number's index, not the account: who opens a second account is still the same person.
    person = citizen.id_index or citizen.public_id
    return keyed_digest(f"consultations.{table}", f"{consultation.public_id}\0{person}".encode())
