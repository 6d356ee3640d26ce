"""The conftest of the tutorial's own tests: its domain's tables come into the database that the caller made."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    from zhijian.core.installation import installation

    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0, interactive=False)
        installation()
        yield
        connections.close_all()
