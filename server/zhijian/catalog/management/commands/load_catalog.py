"""``manage.py load_catalog FOLDER``: themes, synonyms and items of a city, published."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.catalog.loading import load_catalog
from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem


class Command(BaseCommand):
    help = "载入并发布一个城市的事项、主题和近义词"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="含 items/、themes.json、synonyms.json 的文件夹")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            counts = load_catalog(SYSTEM, folder)
        except Problem as problem:
            lines = [f"{one.path}：{one.message}" for one in problem.fields]
            raise CommandError("\n".join([problem.title, problem.detail, *lines])) from problem
        self.stdout.write(
            f"已载入事项 {counts['items']} 个、主题 {counts['themes']} 个、近义词 {counts['synonyms']} 条"
        )
