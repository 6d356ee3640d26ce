"""The demo city, loaded through the domains' own actions."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now, replaying

_PAST = timedelta(days=90)


def load() -> None:
    """Idempotent: what is there stays as it is."""
    from config.launcher.demo_articles import load_articles
    from config.launcher.demo_cases import load_cases
    from zhijian.appointments.loading import load_appointments
    from zhijian.catalog.loading import load_catalog
    from zhijian.consultations.loading import load_consultations
    from zhijian.identity.loading import load_citizens
    from zhijian.licences.loading import load_licences
    from zhijian.maps.loading import load_map
    from zhijian.messaging.loading import load_messages
    from zhijian.organizations.loading import give_demo_passwords, load_organizations
    from zhijian.ratings.loading import load_ratings
    from zhijian.tickets.loading import load_tickets

    city = _read("organizations.json")
    load_organizations(SYSTEM, city)
    give_demo_passwords(SYSTEM, usernames=[person["username"] for person in city["staff"]])
    people = _read("people.json")
    with replaying(now() - _PAST):  # items were in force before the first case asked for them
        load_citizens(SYSTEM, people)
        load_catalog(SYSTEM, settings.DEMO_ROOT)
        load_licences(SYSTEM, people)
    load_map(SYSTEM, _read("map.json"))
    load_appointments(SYSTEM, _read("appointments.json"), valid_from=(now() - _PAST).date())
    load_cases(_read("cases.json"))
    load_messages(SYSTEM, _read("messages.json"))
    load_consultations(_read("consultations.json"))
    load_tickets(SYSTEM, _read("tickets.json"))
    load_ratings(_read("ratings.json"))
    load_articles(_read("articles.json"))


def _read(name: str) -> Any:
    return json.loads((settings.DEMO_ROOT / name).read_text())
