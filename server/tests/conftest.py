"""Fixtures for all tests: real PostgreSQL, a data folder of their own, the working calendar, background tasks."""

import os
import tempfile
from pathlib import Path
from typing import Any


def _need_not_survive_a_power_cut(address: str) -> None:
    """Commits of tests wait for no disk."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {setting} = off")  # type: ignore[arg-type]
        server.execute("SELECT pg_reload_conf()")


from support import hermetic  # noqa: E402 - before anything binds or connects

hermetic.guard()

# Before Django reads its settings: tests never touch the data of a running installation.
_REPOSITORY = Path(__file__).resolve().parents[2]
if "DATABASE_URL" not in os.environ:
    from config.database import embedded_url

    os.environ["DATABASE_URL"] = embedded_url(_REPOSITORY / ".local" / "test-postgres")
    _need_not_survive_a_power_cut(os.environ["DATABASE_URL"])
os.environ["ZHIJIAN_HOME"] = tempfile.mkdtemp(prefix="zhijian-test-")
(Path(os.environ["ZHIJIAN_HOME"]) / "static").mkdir()  # whitenoise warns where it is missing
os.environ.setdefault("ZHIJIAN_DEBUG", "1")
os.environ.setdefault("PORT", "8000")
os.environ["SANDBOX_URL"] = (
    f"http://127.0.0.1:{hermetic.closed_port()}"  # nobody, unless a test asks for the sandbox
)
os.environ["ZHIJIAN_DEMO"] = "1"  # sandbox, demonstration certificate, invented people; else a test says so
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

from collections.abc import Callable, Iterator  # noqa: E402

import django  # noqa: E402

django.setup()

from zhijian.core import crypto  # noqa: E402

crypto.use(crypto.new_keyring())  # of this run's data folder; rules that need no database seal and open, too

import pytest  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection, connections  # noqa: E402
from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as hypothesis  # noqa: E402
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402

# A busy machine is no fault of the code; what a run found is printed so that it can be run again.
hypothesis.register_profile("dev", deadline=None)
hypothesis.register_profile(
    "ci", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if "CI" in os.environ else "dev"))


def pytest_configure(config: pytest.Config) -> None:
    """Processes beside this one would read their settings before their data folder is set, were they named here."""
    if config.getoption("numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of this process alone, with the calendar and this data folder's keys."""
    from support.database import fresh_database, furnish, use

    from zhijian.core.installation import installation

    with django_db_blocker.unblock(), fresh_database(os.environ["DATABASE_URL"], furnish) as name:
        use(name)
        installation()
        yield
        connections.close_all()


@pytest.fixture(autouse=True)
def _hermetic() -> Iterator[None]:
    yield
    assert not (found := hermetic.strangers()), f"not opened by this run: {found}"


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    from zhijian.core.throttle import counters

    yield
    cache.clear()
    counters.clear()


@pytest.fixture(autouse=True)
def _no_jobs_of_earlier_tests(request: pytest.FixtureRequest) -> None:
    """Django's flush passes over procrastinate's tables; a test that commits begins without others' jobs."""
    mark = request.node.get_closest_marker("django_db")
    if mark and mark.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def calendar_seeded(transactional_db: None) -> None:
    """For tests that commit: their clean-up empties the calendar, so it is entered again."""
    from zhijian.core.calendar_seed import seed_calendar

    seed_calendar()


@pytest.fixture
def run_tasks() -> Callable[[], int]:
    """Run the enqueued background tasks here and now; returns how many ran."""
    from support.tasks import run_pending

    return run_pending


@pytest.fixture(autouse=True)
def _sessions_begin_at_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session made without the log-in page has its beginning too, so that no test counts the writing of it."""
    from django.test.client import ClientMixin

    from zhijian.core.clock import now

    plain = ClientMixin._login  # type: ignore[attr-defined]

    def log_in(self: Any, user: Any, backend: str | None = None) -> None:
        plain(self, user, backend)
        session = self.session
        session["began"] = session["seen"] = int(now().timestamp())
        session.save()

    monkeypatch.setattr(ClientMixin, "_login", log_in)
