"""A store of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


class Keys(list[str]):
    """The blobs that lie in the store at the moment of looking."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root

    def _now(self) -> list[str]:
        return sorted(path.name for path in self.root.glob("??/??/*"))

    def __len__(self) -> int:
        return len(self._now())

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __eq__(self, other: object) -> bool:
        return self._now() == other

    __hash__ = None  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def stored_keys(tmp_path: Path) -> Iterator[Keys]:
    with override_settings(FILES_URL=tmp_path.as_uri()):
        yield Keys(tmp_path)
