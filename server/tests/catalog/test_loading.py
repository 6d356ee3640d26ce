"""Loading a city: whole or nothing, and loading again changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from catalog.factories import make_city, spec_data
from django.core.management import CommandError, call_command

from zhijian.catalog.errors import SpecInvalid
from zhijian.catalog.loading import load_catalog
from zhijian.catalog.models import ItemVersion, SearchEntry, ServiceItem, Synonym, Theme
from zhijian.core.actor import SYSTEM
from zhijian.publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db


def _folder(root: Path, *items: dict[str, Any]) -> Path:
    (root / "items").mkdir()
    for number, item in enumerate(items):
        (root / "items" / f"{number}.json").write_text(json.dumps(item), encoding="utf-8")
    themes = {
        "themes_person": [{"name": "户籍身份", "name_en": "Household", "icon": "users"}],
        "life_events": [{"name": "搬家"}],
    }
    for name, data in {
        "themes": themes,
        "synonyms": {"绿卡": ["居住证"]},
    }.items():
        (root / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return root


def test_a_folder_becomes_a_published_catalogue(tmp_path: Path) -> None:
    make_city()
    folder = _folder(tmp_path, spec_data(), spec_data(code="2", name="别的"))
    assert load_catalog(SYSTEM, folder) == {"themes": 2, "synonyms": 1, "items": 2}
    keys = set(PublishedDocument.objects.filter(current=True).values_list("key", flat=True))
    assert keys == {"halls", "catalog", "items/2", "items/990100000709002001"}
    load_catalog(SYSTEM, folder)
    assert (ItemVersion.objects.count(), PublishedDocument.objects.count()) == (2, 4)
    assert (Theme.objects.count(), Synonym.objects.count(), SearchEntry.objects.count()) == (2, 1, 2)


def test_a_fault_in_any_file_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    make_city()
    folder = _folder(tmp_path, spec_data(), spec_data(code="2", kind="99"))
    with pytest.raises(SpecInvalid) as refusal:
        load_catalog(SYSTEM, folder)
    assert [field.path for field in refusal.value.fields] == ["1.json/kind"]
    assert not ServiceItem.objects.exists()
    with pytest.raises(CommandError, match=r"1\.json/kind"):
        call_command("load_catalog", str(folder))


def test_an_inconsistent_item_is_named(tmp_path: Path) -> None:
    make_city()
    with pytest.raises(SpecInvalid) as refusal:
        load_catalog(SYSTEM, _folder(tmp_path, spec_data(charged=True)))
    assert [field.path for field in refusal.value.fields] == ["0.json/fees"]


@pytest.mark.parametrize("name", ["items.xlsx", "items.json"])
def test_items_go_out_and_come_back_by_command(tmp_path: Path, name: str, capsys: Any) -> None:
    make_city()
    load_catalog(SYSTEM, _folder(tmp_path, spec_data()))
    file = tmp_path / name
    call_command("items", "export", str(file))
    call_command("items", "import", str(file))
    assert ServiceItem.objects.get().revisions.count() == 1
    assert "1 个事项" in capsys.readouterr().out
