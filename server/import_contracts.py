"""Contracts of our own for import-linter, which `lint-imports` reads from pyproject.toml."""

from graphlib import CycleError, TopologicalSorter

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class NoCircles(Contract):
    """No module imports itself by way of others, not even inside a function."""

    type_name = "no_circles"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        try:
            TopologicalSorter(
                {one: graph.find_modules_directly_imported_by(one) for one in graph.modules}
            ).prepare()
        except CycleError as error:
            return ContractCheck(kept=False, metadata={"circle": error.args[1]})
        return ContractCheck(kept=True)

    def render_broken_contract(self, check: ContractCheck) -> None:
        output.print_error(" is imported by\n".join(check.metadata["circle"]))


class ForeignDoors(Contract):
    """What a domain says over the wire is its own: nobody imports another domain's ``api`` or ``presenting``."""

    type_name = "foreign_doors"
    _DOORS = ("api", "presenting")

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = [
            f"{importer} -> {imported}"
            for imported in graph.modules
            for _, domain, room, *_ in [f"{imported}...".split(".")]
            if room in self._DOORS and imported.startswith("zhijian.") and domain != "core"
            for importer in graph.find_modules_that_directly_import(imported)
            if importer.startswith("zhijian.") and importer.split(".")[1] != domain
        ]
        return ContractCheck(kept=not found, metadata={"found": sorted(found)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        output.print_error("\n".join(check.metadata["found"]))
