"""The contracts of our own see what they are for."""

import pytest
from grimp import ImportGraph

from import_contracts import ForeignDoors, NoCircles


def _graph(*imports: tuple[str, str]) -> ImportGraph:
    graph = ImportGraph()
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def _contract(kind: type) -> NoCircles | ForeignDoors:
    made: NoCircles | ForeignDoors = kind(name="", session_options={}, contract_options={})
    return made


@pytest.mark.parametrize(
    ("imports", "kept"),
    [
        ([("zhijian.a", "zhijian.b"), ("zhijian.b", "zhijian.c")], True),
        ([("zhijian.a", "zhijian.b"), ("zhijian.b", "zhijian.c"), ("zhijian.c", "zhijian.a")], False),
    ],
)
def test_circles(imports: list[tuple[str, str]], kept: bool) -> None:
    assert _contract(NoCircles).check(_graph(*imports), verbose=False).kept is kept


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("zhijian.cases.api.life", "zhijian.cases.presenting.shapes", True),
        ("zhijian.tickets.api.own", "zhijian.core.api", True),
        ("config.api", "zhijian.cases.api", True),
        ("zhijian.ratings.api", "zhijian.tickets.api.receipts", False),
        ("zhijian.messaging.documents", "zhijian.tickets.presenting", False),
    ],
)
def test_foreign_doors(importer: str, imported: str, kept: bool) -> None:
    assert _contract(ForeignDoors).check(_graph((importer, imported)), verbose=False).kept is kept
