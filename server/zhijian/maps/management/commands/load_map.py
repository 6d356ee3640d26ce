"""manage.py load_map demo/map.json"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem
from zhijian.maps.loading import load_map


class Command(BaseCommand):
    help = "从 GeoJSON 载入并发布本市的示意图和区划范围"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            count = load_map(SYSTEM, json.loads(file.read_text(encoding="utf-8")))
        except Problem as problem:
            places = "\n".join(f"{fault.path}：{fault.message}" for fault in problem.fields)
            raise CommandError(f"{problem}\n{places}".strip()) from problem
        self.stdout.write(f"已载入地图图形 {count} 个")
