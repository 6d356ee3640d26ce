"""A release is one version everywhere, and its database can be brought to the present tree."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker
from support import release
from support.database import fresh_database, furnish, use

from config.api import api
from zhijian.cases.models import Case
from zhijian.core import crypto
from zhijian.core.installation import confirmed_keyring
from zhijian.identity.queries import citizen_by_phone
from zhijian.tickets.models import Ticket

REPOSITORY = Path(__file__).resolve().parents[3]
RELEASED = re.findall(
    r"^## (\d+\.\d+\.\d+) - \d{4}-\d{2}-\d{2}$", (REPOSITORY / "CHANGELOG.md").read_text(), re.MULTILINE
)


def test_every_place_names_the_same_version() -> None:
    package = json.loads((REPOSITORY / "miniapp" / "package.json").read_text())
    lock = json.loads((REPOSITORY / "miniapp" / "package-lock.json").read_text())
    said = {
        "package.json": package["version"],
        "package-lock.json": lock["version"],
        "package-lock.json, itself": lock["packages"][""]["version"],
        "manifest.json": json.loads((REPOSITORY / "miniapp/src/manifest.json").read_text())["versionName"],
        "publiccode.yml": re.findall(
            r'^softwareVersion: "(.+)"$', (REPOSITORY / "publiccode.yml").read_text(), re.MULTILINE
        )[0],
        "API": api.version,
        "CHANGELOG.md": RELEASED[0],
    }
    assert said == dict.fromkeys(said, settings.VERSION)


def test_publiccode_names_the_day_of_the_release() -> None:
    day = re.findall(r'^releaseDate: "(.+)"$', (REPOSITORY / "publiccode.yml").read_text(), re.MULTILINE)[0]
    assert f"## {settings.VERSION} - {day}\n" in (REPOSITORY / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("version", RELEASED)
def test_migrations_of_a_release_never_change(version: str) -> None:
    """Databases have run them: a change of theirs would be made in none. Write a further migration."""
    former = json.loads(release.digests_of(version).read_text())
    assert former
    now = release.migrations()
    assert {path: now.get(path) for path in former} == former


def test_a_changed_migration_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "zhijian" / "core" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("a = 1\n")
    (folder / "__init__.py").touch()
    monkeypatch.setattr(release, "SERVER", tmp_path)
    digest = hashlib.sha256(b"a = 1\n").hexdigest()
    assert release.migrations() == {"zhijian/core/migrations/0001_initial.py": digest}


@pytest.fixture(params=RELEASED)
def upgraded(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """This process works on a release's database, migrated to the present tree, with the release's keys."""
    before, ours = str(settings.DATABASES["default"]["NAME"]), crypto.keyring()
    address = os.environ["DATABASE_URL"]
    with django_db_blocker.unblock(), release.restored(address, request.param) as name:
        use(name)
        crypto.use(crypto.Keyring(release.keyring_of(request.param), release.MASTER))
        try:
            call_command("migrate", verbosity=0, interactive=False)
            yield name
        finally:
            crypto.use(ours)
            use(before)


@pytest.mark.usefixtures("django_db_setup")
def test_a_release_is_brought_to_the_present_tree(upgraded: str) -> None:
    address = os.environ["DATABASE_URL"]
    with fresh_database(address, furnish) as new:
        wanted = release.schema_of(address, new)
    assert release.schema_of(address, upgraded) == wanted


@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.parametrize("upgraded", RELEASED, indirect=True)
def test_what_a_release_sealed_still_opens(
    upgraded: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIJIAN_KEYRING", str(release.keyring_of(request.node.callspec.params["upgraded"])))
    monkeypatch.setenv("ZHIJIAN_MASTER_KEY", release.MASTER.decode())
    assert confirmed_keyring().fingerprints == crypto.keyring().fingerprints
    citizen = citizen_by_phone("19900001001")
    assert citizen is not None
    assert citizen.phone == "19900001001"
    assert citizen.name
    assert all(case.form["name"] for case in Case.objects.exclude(number=None)[:5])
    assert Case.objects.exclude(number=None).count() > 5
    assert all(ticket.title and ticket.body for ticket in Ticket.objects.all()[:5])
    assert Ticket.objects.exists()
