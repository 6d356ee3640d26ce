"""``manage.py items export FILE`` and ``manage.py items import FILE``: item specifications as .xlsx or .json."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.catalog.actions.importing import import_items
from zhijian.catalog.queries import current_versions
from zhijian.catalog.workbook import write_workbook
from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem


class Command(BaseCommand):
    help = "导出正在使用的事项，或把文件中的事项导入为草稿（.xlsx 或 .json）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("do", choices=["export", "import"])
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, do: str, file: Path, **options: Any) -> None:
        try:
            self.stdout.write(self._export(file) if do == "export" else self._import(file))
        except Problem as problem:
            lines = [f"{one.path}：{one.message}" for one in problem.fields]
            raise CommandError("\n".join([problem.title, *lines])) from problem

    def _export(self, file: Path) -> str:
        specs = [version.typed() for version in current_versions()]
        if file.suffix == ".json":
            data = [spec.model_dump_json_ready() for spec in specs]
            file.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
        else:
            file.write_bytes(write_workbook(specs))
        return f"已导出 {len(specs)} 个事项到 {file}"

    def _import(self, file: Path) -> str:
        codes = import_items(SYSTEM, content=file.read_bytes(), name=file.name)
        return f"已导入 {len(codes)} 个事项，保存为草稿"
