"""Sweeping the store: takes what is left over, never what a mistake of the operator's makes look left over."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from files import samples
from files.samples import Upload
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.clock import today
from zhijian.core.errors import Problem
from zhijian.core.files import MATERIALS, StoredFile, intake, keep, sealed, upkeep
from zhijian.core.files.store import store
from zhijian.core.installation import installation
from zhijian.core.models import Installation

pytestmark = pytest.mark.django_db


def root() -> Path:
    return Path(settings.FILES_URL.removeprefix("file://"))


def age(*keys: str, hours: float = 25) -> None:
    then = time.time() - hours * 3600
    for key in keys:
        os.utime(root() / key[:2] / key[2:4] / key, (then, then))


def orphans(count: int) -> list[str]:
    keys = [f"ab{number:02}" + "0" * 28 for number in range(count)]
    for key in keys:
        sealed.write(key, b"x")
    age(*keys)
    return keys


def files(count: int) -> list[StoredFile]:
    made = [keep(bytes([number]), name="a.pdf", kind="receipt") for number in range(count)]
    age(*[file.key for file in made])
    return made


def pair_with_another_database() -> None:
    """As if the rows were those of an empty schema, or of a dump from before all of this."""
    StoredFile.objects.all().delete()
    Installation.objects.all().delete()


def test_takes_old_orphans_only(stored_keys: list[str]) -> None:
    upkeep.bind()
    named = intake(Upload(samples.image("PNG")), allowed=MATERIALS, max_bytes=1 << 20, kind="case_material")
    with transaction.atomic():
        orphan = keep(b"rolled back", name="a.pdf", kind="receipt")
        transaction.set_rollback(True)
    fresh = keep(b"fresh orphan", name="a.pdf", kind="receipt")
    StoredFile.objects.filter(pk=fresh.pk).delete()
    part = orphan.key + ".beef.part"
    (root() / part[:2] / part[2:4] / part).write_bytes(b"half")
    age(named.key, str(named.preview_key), orphan.key, part)
    outcome = upkeep.sweep()
    assert (outcome.seen, outcome.laid_aside, outcome.refused) == (3, 1, "")
    assert set(stored_keys) == {named.key, named.preview_key, fresh.key}


def test_asks_the_database_twice_a_batch_and_once_for_its_id(django_assert_num_queries: object) -> None:
    upkeep.bind()
    orphans(12)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert upkeep._sweep().laid_aside == 12


@pytest.mark.parametrize("count", [1, 12, 70])
@pytest.mark.parametrize("marked", [True, False], ids=["marked", "of an older version"])
def test_beside_an_empty_schema_nothing_is_lost(stored_keys: list[str], count: int, marked: bool) -> None:
    if marked:
        upkeep.bind()
    before = sorted(file.key for file in files(count))
    pair_with_another_database()
    outcome = upkeep.sweep()
    assert outcome.refused == (upkeep.FOREIGN if marked else upkeep.TOO_MANY)
    assert stored_keys == before
    assert Installation.objects.get().sweep["refused"] == outcome.refused


def test_an_older_dump_beside_newer_files_loses_nothing(stored_keys: list[str]) -> None:
    upkeep.bind()
    made = files(70)
    StoredFile.objects.filter(pk__in=[file.pk for file in made[30:]]).delete()
    assert upkeep.sweep().refused == upkeep.TOO_MANY
    assert len(stored_keys) == 70


def test_a_refusal_is_an_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    files(30)
    pair_with_another_database()
    upkeep.sweep()
    assert [record.levelname for record in caplog.records if "swept" in record.message] == ["ERROR"]


def test_what_was_taken_comes_back_by_itself_once_it_is_named(stored_keys: list[str]) -> None:
    upkeep.bind()
    file = files(1)[0]
    row = StoredFile.objects.get()
    StoredFile.objects.all().delete()
    assert upkeep.sweep().laid_aside == 1
    with pytest.raises(Problem):
        file.read()
    row.save(force_insert=True)
    assert upkeep.sweep().taken_back == 1
    assert file.read() == b"\0"


def test_restore_brings_back_what_is_named_or_all(stored_keys: list[str]) -> None:
    upkeep.bind()
    file = files(1)[0]
    left = orphans(3)
    row = StoredFile.objects.get()
    StoredFile.objects.all().delete()
    assert upkeep.sweep().laid_aside == 4
    row.save(force_insert=True)
    call_command("restore_files")
    assert stored_keys == [file.key]
    call_command("restore_files", "--all")
    assert stored_keys == sorted([file.key, *left])
    assert upkeep.sweep().laid_aside == 0, "what is brought back has a day again"


def test_restore_refuses_a_foreign_store(stored_keys: list[str]) -> None:
    upkeep.bind()
    orphans(1)
    upkeep.sweep()
    pair_with_another_database()
    with pytest.raises(CommandError):
        call_command("restore_files", "--all")


def test_what_is_laid_aside_is_kept_thirty_days(stored_keys: list[str]) -> None:
    upkeep.bind()
    first, second = orphans(2)
    store().lay_aside(first, today() - timedelta(days=30))
    store().lay_aside(second, today() - timedelta(days=31))
    assert upkeep.sweep().forgotten == 1
    assert list(store().aside()) == [first]


def test_a_refused_sweep_forgets_nothing() -> None:
    upkeep.bind()
    store().lay_aside(orphans(1)[0], today() - timedelta(days=90))
    orphans(40)
    assert upkeep.sweep().refused
    assert len(list(store().aside())) == 1


def test_an_older_versions_store_is_bound_by_its_first_good_sweep() -> None:
    files(3)
    assert store().mark() == ""
    upkeep.sweep()
    assert store().mark() == installation().public_id


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_no_sweep_takes_a_large_share(unnamed: int, named: int) -> None:
    seen = unnamed + named
    if not upkeep.too_many(unnamed, seen, bound=True):
        assert unnamed <= 20 or unnamed / seen <= 0.05
    if not upkeep.too_many(unnamed, seen, bound=False):
        assert unnamed <= named
