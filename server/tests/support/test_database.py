"""Databases of test processes: copied from a template, dropped when nobody uses them."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from support import database
from support.database import SERVER, digest, fresh_database
from zhijian.core.models import CalendarYear, Installation


def names(prefix: str) -> list[str]:
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres") as server:
        return database._databases(server, prefix)


def must_not_fill(name: str) -> None:
    raise AssertionError(f"{name} is migrated although the template is there")


def test_a_copy_is_migrated_and_dropped_at_the_end() -> None:
    with fresh_database(os.environ["DATABASE_URL"], must_not_fill) as name:
        with psycopg.connect(os.environ["DATABASE_URL"], dbname=name) as copy:
            assert copy.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
            assert copy.execute("SELECT count(*) FROM core_installation").fetchone() == (0,)
        assert name in names("test_zhijian_")
    assert name not in names("test_zhijian_")


def test_what_a_killed_run_left_is_dropped_and_what_is_used_stays(django_db_setup: None) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE test_zhijian_left_behind")
    with fresh_database(os.environ["DATABASE_URL"], must_not_fill):
        assert "test_zhijian_left_behind" not in names("test_zhijian_")
        assert connection.settings_dict["NAME"] in names("test_zhijian_")


def test_a_template_is_used_only_when_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "digest", lambda: "trial")

    def killed(_name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), fresh_database(os.environ["DATABASE_URL"], killed):
        pass
    assert "zhijian_template_trial" not in names("zhijian_template_")
    with fresh_database(os.environ["DATABASE_URL"], lambda _name: None):
        assert names("zhijian_template_")[0] == "zhijian_template_trial"
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as server:
        server.execute("DROP DATABASE zhijian_template_trial")


@pytest.mark.django_db
def test_the_database_of_this_process_has_its_keys_and_the_calendar() -> None:
    assert Installation.objects.count() == 1
    assert CalendarYear.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        "zhijian/core/migrations/0001_initial.py",
        "zhijian/core/append_only.py",
        "zhijian/core/calendar_seed.py",
    ],
)
def test_the_digest_follows_what_a_migration_reads(tmp_path: Path, changed: str) -> None:
    for path in (*SERVER.glob("zhijian/*/migrations/*.py"), SERVER / "zhijian/core/append_only.py"):
        copy = tmp_path / path.relative_to(SERVER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    shutil.copy(SERVER / "zhijian/core/calendar_seed.py", tmp_path / "zhijian/core")
    before = digest(tmp_path)
    assert digest(tmp_path) == before
    with (tmp_path / changed).open("a") as file:
        file.write("# another\n")
    assert digest(tmp_path) != before
