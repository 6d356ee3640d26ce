"""A file store of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILES_URL=tmp_path.as_uri()):
        yield
