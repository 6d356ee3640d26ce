"""What the rush lane's process is made of: its connection, its lane and its limits, as the environment sets them."""

import os
from typing import Any

import asyncpg
from django.db import connection as django_connection

from zhijian.appointments.rush.database import Database
from zhijian.appointments.rush.http import Limits, RushApplication
from zhijian.appointments.rush.lane import Lane
from zhijian.core.callers import proxies


def _number(name: str, default: float) -> float:
    return float(os.environ.get(name, default))


#: A new city's tables are empty when the first batch is planned. The plan is kept, and reading whole tables that grow
#: by thousands in a second would last until their statistics are renewed.
_PLANNING = {"application_name": "zhijian-rush", "jit": "off", "enable_seqscan": "off"}


async def connect() -> asyncpg.Connection:
    """A connection to the database that Django's settings name."""
    wanted: dict[str, Any] = django_connection.get_connection_params()
    named = {"host": "host", "port": "port", "user": "user", "password": "password", "dbname": "database"}
    known = {theirs: wanted[ours] for ours, theirs in named.items() if wanted.get(ours)}
    ssl = {"ssl": wanted["sslmode"]} if wanted.get("sslmode") else {}
    return await asyncpg.connect(**known, **ssl, timeout=5, server_settings=_PLANNING)


def open_lane() -> Lane:
    at_once = int(_number("RUSH_BATCHES", 2))
    return Lane(
        Database(connect, lines=at_once + 2),
        largest=int(_number("RUSH_BATCH", 256)),
        at_once=at_once,
        most=int(_number("RUSH_WAITING", 10_000)),
    )


def make_application() -> RushApplication:
    limits = Limits(
        person_rate=_number("RUSH_PER_PERSON", 5),
        person_burst=_number("RUSH_PER_PERSON_BURST", 20),
        address_rate=_number("RUSH_PER_ADDRESS", 200),
        address_burst=_number("RUSH_PER_ADDRESS_BURST", 1_000),
    )
    return RushApplication(open_lane, limits, proxies())
