"""One small change of one source line, by mutmut's operators; and the lines that are drawn."""

import difflib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

ROOMS = ("rules", "actions")
_OPERATORS = [(kind, operate) for kind, operate in mutation_operators if operate is not operator_string]


@dataclass(frozen=True)
class Mutant:
    """``source`` is the whole file with the change in it; ``function`` is empty outside functions."""

    domain: str
    room: str
    path: str
    line: int
    function: str
    source: str
    diff: str


def drawn(server: Path, domain: str, count: int, seed: int) -> list[Mutant]:
    """``count`` mutants of a domain, each of another line, half of each room where both have lines. What is drawn
    depends on the domain's files, ``count`` and ``seed`` alone."""
    chance, found = random.Random(f"{seed}/{domain}"), []  # noqa: S311 - a draw, no secret
    for at, room in enumerate(ROOMS):
        lines: dict[tuple[Path, int], list[_Change]] = {}
        for path in _files(server / "zhijian" / domain, room):
            for change in _changes(path):
                lines.setdefault((path, change.line), []).append(change)
        keys = sorted(chance.sample(sorted(lines), min((count + at) // len(ROOMS), len(lines))))
        for path, line in keys:
            change = chance.choice(lines[path, line])
            found.append(_mutant(change, path.relative_to(server), domain, room))
    return found


def domains(server: Path) -> list[str]:
    found = (path.name for path in sorted((server / "zhijian").iterdir()))
    return [name for name in found if any(_files(server / "zhijian" / name, room) for room in ROOMS)]


def _files(domain: Path, room: str) -> list[Path]:
    return [
        path for path in (domain / f"{room}.py", *sorted((domain / room).rglob("*.py"))) if path.is_file()
    ]


def _changes(path: Path) -> "list[_Change]":
    wrapper = MetadataWrapper(cst.parse_module(path.read_text()))
    visitor = _Visitor(wrapper)
    wrapper.module.visit(visitor)
    return visitor.found


def _mutant(change: "_Change", path: Path, domain: str, room: str) -> Mutant:
    before = change.module.code
    source = change.module.deep_replace(change.node, change.other).code
    diff = difflib.unified_diff(before.splitlines(), source.splitlines(), n=0, lineterm="")
    return Mutant(domain, room, str(path), change.line, change.function, source, "\n".join([*diff][3:]))


@dataclass(frozen=True)
class _Change:
    module: cst.Module
    line: int
    function: str
    node: cst.CSTNode
    other: cst.CSTNode


class _Visitor(cst.CSTVisitor):
    """Every changed node that has meaning when the program runs: no imports, annotations, decorators."""

    def __init__(self, wrapper: MetadataWrapper) -> None:
        self.module, self.positions = wrapper.module, wrapper.resolve(PositionProvider)
        self.within: list[cst.FunctionDef | cst.ClassDef] = []
        self.found: list[_Change] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Import | cst.ImportFrom | cst.Annotation | cst.Decorator):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.within.append(node)
        for kind, operate in _OPERATORS:
            if isinstance(node, kind):
                self._keep(node, operate(node))
        if isinstance(node, cst.Raise) or (isinstance(node, cst.Expr) and isinstance(node.value, cst.Call)):
            self._keep(node, [cst.Pass()])  # a statement left out, which mutmut does not do
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self.within.pop()

    def _keep(self, node: cst.CSTNode, others: Iterable[cst.CSTNode]) -> None:
        line = self.positions[node].start.line
        inside = any(isinstance(one, cst.FunctionDef) for one in self.within)
        function = ".".join(one.name.value for one in self.within) if inside else ""
        self.found += [_Change(self.module, line, function, node, other) for other in others]
