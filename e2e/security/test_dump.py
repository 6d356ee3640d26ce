"""Whoever steals the database, the file store, the published documents or the logs learns of nobody."""

import gzip
import json
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from support.applicant import Applicant, Person, checked
from support.city import ROOT, City
from support.clerk import logged_in
from support.inside import database, nothing_to_do, until

_PEOPLE: list[dict[str, Any]] = json.loads((ROOT / "demo" / "people.json").read_text())
_ADDRESS = "云州市澄湖区望湖路88号"
_OPINION = "材料齐全，符合条件，建议准予。"
_SHORTEST_DUMP = 1_000_000  # bytes: with 46 items in it, anything smaller is no dump


@dataclass(frozen=True)
class Trace:
    """A piece of somebody's data and where it was found in clear."""

    kind: str
    place: str


@pytest.fixture(scope="module")
def lived_in(city: City) -> City:
    """The demo city after one of its citizens has logged in, was verified, applied with uploads and got the result."""
    known = next(person for person in _PEOPLE if not person["real_name"])
    applicant = Applicant.logged_in(city, Person(known["phone"], known["name"], known["id_number"]))
    with closing(applicant.http):
        number = _apply(applicant)
        _officers_grant(city, number)
        # What people type by mistake must not stay in a log either.
        checked(applicant.http.get("/search", params={"q": known["name"] + known["phone"]}))
    until(lambda: nothing_to_do(city), seconds=60, every=0.2)
    return city


def _apply(applicant: Applicant) -> str:
    """The number of the case."""
    case_id, person = applicant.ready(), applicant.person
    delivery = {"method": "courier", "address": _ADDRESS, "receiver": person.name, "phone": person.phone}
    checked(applicant.http.put(f"/cases/{case_id}/delivery", json=delivery))
    return str(checked(applicant.submit(case_id, secrets.token_hex(16))).json()["number"])


def _officers_grant(city: City, number: str) -> None:
    with (
        logged_in(city, "ga_window1") as window,
        logged_in(city, "ga_case1") as reviewer,
        logged_in(city, "ga_approve1") as approver,
    ):
        window.do(number, "accept")
        reviewer.do(number, "begin_review")
        reviewer.do(number, "pass_review", outcome="approve", opinion=_OPINION)
        approver.do(number, "decide", outcome="approve", opinion=_OPINION)
        window.do(number, "issue")


def test_dump_of_the_database(lived_in: City) -> None:
    dump = _dump(lived_in)
    assert len(dump) > _SHORTEST_DUMP
    assert b"cases_case" in dump
    assert list(_traces(dump, "database")) == []


def test_files_on_disk(lived_in: City) -> None:
    """Stored files, published documents, logs of the platform and of the database, secrets: all but the tables."""
    files = [
        path for path in lived_in.home.rglob("*") if path.is_file() and _outside_tables(path, lived_in.home)
    ]
    folders = {path.relative_to(lived_in.home).parts[0] for path in files}
    assert {"files", "public", "logs"} <= folders
    assert [trace for path in files for trace in _traces(_plain(path), str(path))] == []


def test_the_search_would_find_something() -> None:
    """The test of the test: every way in which a value could stand there is seen."""
    name = _PEOPLE[0]["name"]
    for content in (name.encode(), name.encode().hex().encode(), json.dumps(name).encode()):
        assert list(_traces(content, "here")) == [Trace("name", "here")]


def _dump(city: City) -> bytes:
    postmaster = (city.home / "postgres" / "postmaster.pid").read_text().split()[0]
    program = Path(psutil.Process(int(postmaster)).exe()).with_name("pg_dump")
    with database(city) as connection:
        where = connection.info
        arguments = ["--inserts", "-h", where.host, "-p", str(where.port), "-U", where.user, where.dbname]
    return subprocess.run([str(program), *arguments], check=True, capture_output=True).stdout


def _outside_tables(path: Path, home: Path) -> bool:
    """The launcher's own output is for the terminal: in the demo it offers a phone to log in with."""
    parts = path.relative_to(home).parts
    return parts != ("launcher.log",) and (parts[0] != "postgres" or parts[1] == "log")


def _plain(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def _traces(content: bytes, place: str) -> Iterator[Trace]:
    for kind in ("name", "phone", "id_number"):
        for person in _PEOPLE:
            if any(form in content for form in _forms(person[kind])):
                yield Trace(kind, place)


def _forms(value: str) -> set[bytes]:
    """As it is, as pg_dump writes bytes, as JSON escapes it."""
    return {value.encode(), value.encode().hex().encode(), json.dumps(value)[1:-1].encode()}
