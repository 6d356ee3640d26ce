"""What the database must hold or not hold at a start: each condition with its code, and the processes that obey."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from identity.factories import CitizenFactory, bearer
from organizations.factories import StaffFactory
from pytest_django.fixtures import Settings

from config.needs import EXIT
from config.preflight.conditions import TAG
from config.preflight.running import Refused, findings, refuse_unless_fit
from zhijian.core.actor import SYSTEM
from zhijian.core.files.store import store
from zhijian.core.models import Installation
from zhijian.identity.models import Citizen
from zhijian.organizations.loading import DEMO_PASSWORD, give_demo_passwords
from zhijian.organizations.models import Staff

SERVER = Path(__file__).resolve().parents[2]


def codes() -> set[str]:
    """Errors of the database's conditions; those of the environment are test_needs' business."""
    apart = ("city.", "hosts.", "public_url.", "https.", "outside.", "signing.", "debug.")
    found = [str(message.id).removeprefix(f"{TAG}.") for message in findings() if message.level >= 40]
    return {code for code in found if not code.startswith(apart)}


def demo_account(**fields: object) -> Staff:
    staff: Staff = StaffFactory(username="zw_system1", **fields)
    staff.set_unusable_password()
    staff.save()
    with override_settings(DEMO=True):
        assert give_demo_passwords(SYSTEM, usernames=["zw_system1"]) == 1
    staff.refresh_from_db()
    return staff


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_URL = (tmp_path / "files").as_uri()


def _foreign_keys() -> None:
    Installation.objects.update(index_key="another")


def _foreign_files() -> None:
    store().set_mark("another")


def _demo_staff() -> None:
    demo_account()


def _demo_citizen() -> None:
    CitizenFactory(demo=True)


CONDITIONS: dict[str, tuple[Callable[[], None], bool]] = {
    "keys.foreign": (_foreign_keys, False),
    "files.foreign": (_foreign_files, False),
    "demo.accounts": (_demo_staff, False),
    "demo.accounts ": (_demo_citizen, False),
    "demo.real_data": (lambda: StaffFactory(), True),
    "demo.real_data ": (lambda: CitizenFactory(), True),
}


@pytest.mark.django_db
@pytest.mark.parametrize("code", CONDITIONS)
def test_each_condition_refuses_with_its_code(
    settings: Settings, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    happen, demo = CONDITIONS[code]
    settings.DEMO = demo
    assert codes() == set()
    happen()
    assert codes() == {code.strip()}
    with pytest.raises(Refused) as refusal:
        refuse_unless_fit()
    assert refusal.value.code == EXIT
    assert f"[{code.strip()}]" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_demo_that_is_one_goes_on(settings: Settings) -> None:
    settings.DEMO = True
    demo_account()
    CitizenFactory(demo=True)
    assert codes() == set()


@pytest.mark.django_db(transaction=True)
def test_before_migrating_a_new_database_is_fit(settings: Settings) -> None:
    settings.DEMO = True
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_installation RENAME TO core_away")
        try:
            assert refuse_unless_fit(before_migrating=True) == []
            assert codes() == {"keys.not_migrated"}
        finally:
            cursor.execute("ALTER TABLE core_away RENAME TO core_installation")


@pytest.mark.django_db
def test_demo_accounts_do_not_log_in_elsewhere(settings: Settings, client: Client) -> None:
    settings.AXES_ENABLED = False
    settings.DEMO = True
    staff = demo_account()
    assert authenticate(username="zw_system1", password=DEMO_PASSWORD) == staff
    staff.set_password("a long one of their own")
    staff.save()
    assert client.login(username="zw_system1", password="a long one of their own")
    settings.DEMO = False
    assert authenticate(username="zw_system1", password="a long one of their own") is None
    assert client.get("/console/").status_code == 302, "the session ends, too"


@pytest.mark.django_db
def test_the_published_password_opens_nothing_and_cannot_be_chosen(settings: Settings) -> None:
    settings.AXES_ENABLED = False
    settings.DEMO = False
    staff = StaffFactory(username="chosen")
    staff.set_password(DEMO_PASSWORD)
    staff.save()
    assert authenticate(username="chosen", password=DEMO_PASSWORD) is None
    with pytest.raises(ValidationError, match="演示密码"):
        validate_password(DEMO_PASSWORD)


@pytest.mark.django_db
def test_the_demos_people_are_strangers_elsewhere(settings: Settings, client: Client) -> None:
    settings.DEMO = True
    who = bearer(CitizenFactory(demo=True))
    assert client.get("/api/v1/me", headers=who).status_code == 200
    settings.DEMO = False
    assert client.get("/api/v1/me", headers=who).status_code == 401


@pytest.mark.django_db
def test_remove_demo_accounts_closes_them_and_frees_their_numbers(settings: Settings) -> None:
    staff = demo_account()
    citizen = CitizenFactory(demo=True, real_named=True)
    who, index = bearer(citizen), citizen.phone_index
    real = CitizenFactory()
    settings.DEMO = False
    assert codes() == {"demo.accounts"}
    call_command("remove_demo_accounts")
    assert codes() == set()
    staff.refresh_from_db()
    assert (staff.is_active, staff.has_usable_password()) == (False, False)
    assert not Citizen.objects.filter(phone_index=index).exists()
    assert Client().get("/api/v1/me", headers=who).status_code == 401
    assert Client().get("/api/v1/me", headers=bearer(real)).status_code == 200
    settings.DEMO = True
    assert give_demo_passwords(SYSTEM, usernames=["zw_system1"]) == 0, "what is closed stays closed"
    assert codes() == {"demo.real_data"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "worker"],
        ["-c", "import config.wsgi"],
        ["-c", "import config.rush"],
        ["manage.py", "preflight"],
    ],
    ids=["worker", "web", "rush lane", "preflight"],
)
def test_every_process_refuses_keys_that_are_not_the_databases(tmp_path: Path, command: list[str]) -> None:
    """A second node with a data folder of its own."""
    CitizenFactory()
    done = in_another_folder(tmp_path, command)
    assert done.returncode == EXIT, done.stderr
    said = done.stdout + done.stderr
    assert "keys.missing" in said
    assert "secrets" in said
    assert not (tmp_path / "secrets" / "keyring.json").exists()


@pytest.mark.django_db(transaction=True)
def test_a_command_that_touches_personal_data_refuses_too(tmp_path: Path) -> None:
    CitizenFactory()
    code = "from zhijian.identity.models import Citizen; Citizen.objects.get()"
    done = in_another_folder(tmp_path, ["manage.py", "shell", "-c", code])
    assert done.returncode == EXIT
    assert "keys.missing" in done.stderr


def in_another_folder(home: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environ = os.environ | {"ZHIJIAN_HOME": str(home), "DATABASE_URL": urlunsplit(url)}
    environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(SERVER)}
    return subprocess.run(
        [sys.executable, *command], cwd=SERVER, env=environ, capture_output=True, text=True, timeout=120
    )


def test_an_adapter_that_is_not_there_is_told_at_the_start(settings: Settings) -> None:
    sms = settings.OUTSIDE["sms"] | {"adapter": "city.gateways.Missing"}
    settings.OUTSIDE = settings.OUTSIDE | {"sms": sms}
    found = {str(one.id): str(one.msg) for one in findings() if "adapter" in str(one.id)}
    assert set(found) == {f"{TAG}.adapter.sms"}
    assert "SMS_ADAPTER=city.gateways.Missing" in found[f"{TAG}.adapter.sms"]
