"""Which keys a database takes, over everything that can be there or not at a start."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from identity.factories import CitizenFactory

from zhijian.core import crypto
from zhijian.core.installation import confirmed_keyring
from zhijian.core.key_errors import KeysUnusable
from zhijian.core.models import Installation

pytestmark = pytest.mark.django_db


class Home:
    """A data folder and what may be done to its secrets."""

    def __init__(self, path: Path) -> None:
        self.secrets = path / "secrets"

    @property
    def ring(self) -> Path:
        return self.secrets / "keyring.json"

    @property
    def master(self) -> Path:
        return self.secrets / "master_key"

    def files(self) -> set[str]:
        return {path.name for path in self.secrets.glob("*")} if self.secrets.exists() else set()


@pytest.fixture
def home(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A new data folder beside a database that knows no keys."""
    monkeypatch.setenv("ZHIJIAN_HOME", str(tmp_path))
    monkeypatch.delenv("ZHIJIAN_MASTER_KEY", raising=False)
    Installation.objects.all().delete()
    before = crypto.keyring()
    crypto.use(None)
    yield Home(tmp_path)
    crypto.use(before)


def refused() -> str:
    with pytest.raises(KeysUnusable) as refusal:
        confirmed_keyring()
    chinese, english = refusal.value.words()
    assert chinese
    assert english
    assert "{" not in chinese + english
    return refusal.value.code


def test_the_first_start_makes_keys_and_writes_down_their_fingerprints(home: Home) -> None:
    ring = confirmed_keyring()
    record = Installation.objects.get()
    assert home.files() == {"keyring.json", "master_key"}
    assert (record.index_key, record.data_keys) == (ring.fingerprints.index, ring.fingerprints.data)
    assert confirmed_keyring().fingerprints == ring.fingerprints


def _lose_ring(home: Home) -> None:
    home.ring.unlink()


def _lose_master(home: Home) -> None:
    home.master.unlink()


def _lose_both(home: Home) -> None:
    shutil.rmtree(home.secrets)


def _other_master(home: Home) -> None:
    home.master.write_text("another")


def _other_keys(home: Home) -> None:
    shutil.rmtree(home.secrets)
    crypto.new_keyring()


def _damage(home: Home) -> None:
    home.ring.write_text("{")


def _own_rotation(home: Home) -> None:
    """The record knows a second key; this folder rotated by itself."""
    old = home.ring.read_text()
    crypto.open_keyring().rotate("AES-256-GCM")
    confirmed_keyring()
    home.ring.write_text(old)
    crypto.open_keyring().rotate("AES-256-GCM")


def _before_rotation(home: Home) -> None:
    old = home.ring.read_text()
    crypto.open_keyring().rotate("AES-256-GCM")
    confirmed_keyring()
    home.ring.write_text(old)


HAPPENINGS: dict[str, tuple[Callable[[Home], None], str]] = {
    "keyring gone": (_lose_ring, "keys.missing"),
    "master key gone": (_lose_master, "keys.master_missing"),
    "secrets gone": (_lose_both, "keys.missing"),
    "another master key": (_other_master, "keys.master_wrong"),
    "keys of another installation": (_other_keys, "keys.foreign"),
    "keyring damaged": (_damage, "keys.damaged"),
    "rotated apart": (_own_rotation, "keys.foreign"),
    "copy from before a rotation": (_before_rotation, "keys.older"),
}


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "of an older version"])
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_is_missing_or_differs_refuses_and_makes_nothing(
    home: Home, happening: str, recorded: bool
) -> None:
    do, code = HAPPENINGS[happening]
    if (not recorded and code == "keys.older") or (happening == "rotated apart" and not recorded):
        pytest.skip("an older version wrote no rotation down")
    confirmed_keyring()
    CitizenFactory()
    if not recorded:
        Installation.objects.all().delete()
    do(home)
    crypto.use(None)
    files = home.files()
    assert refused() == code
    assert home.files() == files
    assert Installation.objects.exists() is recorded


def test_an_older_versions_data_are_taken_over_with_their_keys(home: Home) -> None:
    CitizenFactory()
    Installation.objects.all().delete()
    ring = confirmed_keyring()
    assert Installation.objects.get().index_key == ring.fingerprints.index


def test_a_second_node_with_a_folder_of_its_own_is_refused(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed_keyring()
    monkeypatch.setenv("ZHIJIAN_HOME", str(tmp_path / "second"))
    assert refused() == "keys.missing"
    assert not (tmp_path / "second" / "secrets" / "keyring.json").exists()


def test_after_a_rotation_the_record_follows(home: Home) -> None:
    confirmed_keyring()
    crypto.open_keyring().rotate("SM4-GCM")
    confirmed_keyring()
    assert sorted(Installation.objects.get().data_keys) == ["1", "2"]


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_health_says_what_the_next_start_would_find(home: Home, client: Client, happening: str) -> None:
    crypto.keyring()
    assert client.get("/readyz").status_code == 200
    HAPPENINGS[happening][0](home)
    assert client.get("/readyz").status_code == 503
    answer = client.get("/healthz")
    assert (answer.status_code, json.loads(answer.content)["keys"]) == (503, False)


@pytest.mark.django_db(transaction=True)
def test_of_eight_first_starts_at_once_all_take_the_same_keys(home: Home) -> None:
    barrier = Barrier(8)

    def start(_: int) -> crypto.Fingerprints:
        try:
            barrier.wait()
            return confirmed_keyring().fingerprints
        finally:
            connections.close_all()

    for _ in range(3):
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(start, range(8)))
        assert all(prints == found[0] for prints in found)
        assert Installation.objects.get().data_keys == found[0].data
        Installation.objects.all().delete()
        shutil.rmtree(home.secrets)


def test_before_the_tables_are_there_the_advice_is_to_migrate(home: Home) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_installation RENAME TO core_away")
    assert refused() == "keys.not_migrated"
