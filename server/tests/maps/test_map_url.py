"""A map outside, for those who want one: what the environment may say of it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import mapping

GOOD = "https://maps.example/marker?position={longitude},{latitude}"


@pytest.mark.parametrize(("value", "found"), [(None, ""), ("  ", ""), (f" {GOOD} ", GOOD)])
def test_what_is_configured(monkeypatch: pytest.MonkeyPatch, value: str | None, found: str) -> None:
    monkeypatch.delenv("MAP_URL", raising=False)
    if value is not None:
        monkeypatch.setenv("MAP_URL", value)
    assert mapping.map_url() == found


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            GOOD.replace("{latitude}", "{lat}"),
            "MAP_URL 缺少 {latitude}，请写上纬度 {latitude}、经度 {longitude}",
        ),
        (GOOD.replace("{longitude}", "{longitude:.3f}"), "缺少 {longitude}"),
        (GOOD + "&zoom={zoom}", "只能有 {latitude}、{longitude}"),
        (GOOD.replace("maps", "{latitude}"), "主机名里不能有"),
        (GOOD.removeprefix("https:"), "http:// 或 https://"),
        ("javascript:alert({latitude},{longitude})", "http:// 或 https://"),
        ("https:///{latitude},{longitude}", "写全主机名"),
    ],
)
def test_faults_say_what_to_mend(monkeypatch: pytest.MonkeyPatch, value: str, words: str) -> None:
    monkeypatch.setenv("MAP_URL", value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        mapping.map_url()
    assert words in str(refusal.value)
