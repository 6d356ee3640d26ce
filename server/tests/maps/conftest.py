"""A tile service for the tests that ask for tiles."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from pytest_django.fixtures import Settings
from support.sandbox import Sandbox, sandbox_process

from config.mapping import Tiles
from zhijian.maps.adapters import registry

__all__ = ["sandbox_process"]
KEY = "sandbox-secret"


@pytest.fixture
def use(settings: Settings) -> Iterator[Callable[..., None]]:
    """use("http://…/{z}/{x}/{y}"): the layers of the map. The server waits 0.4 s for a tile."""

    def configure(*layers: str) -> None:
        settings.MAP = Tiles(layers, "gcj02", "示意 审图号：GS(2024)0000号", 9, 18, 0.4)
        close()

    def close() -> None:
        if registry.source.cache_info().currsize:
            registry.source().source.outbound.close()  # type: ignore[attr-defined]
        registry.source.cache_clear()

    close()
    yield configure
    close()
    caches["tiles"].clear()


@pytest.fixture
def service(sandbox_process: Sandbox, use: Callable[..., None]) -> Iterator[Sandbox]:
    """The sandbox's tile service, healthy, with a ground and names over it."""
    address = f"{sandbox_process.url}/tiles/v1/%s/{{z}}/{{x}}/{{y}}.png?tk={KEY}"
    use(*(address % layer for layer in ("vec", "cva")))
    sandbox_process.fault(tiles="ok")
    yield sandbox_process
    sandbox_process.fault(tiles="ok")
