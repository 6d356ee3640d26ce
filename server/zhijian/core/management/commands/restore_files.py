"""``manage.py restore_files``: brings back what the nightly sweep has laid aside."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.core.files import upkeep


class Command(BaseCommand):
    """By default what the database names now; ``--all`` when the right database is not there yet."""

    help = "把夜间清理移开的文件（保留 30 天）放回原处：默认放回数据库里有记录的，--all 全部放回"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", dest="everything")

    def handle(self, *args: Any, everything: bool, **options: Any) -> None:
        if upkeep.is_foreign():
            raise CommandError(upkeep.REFUSALS[upkeep.FOREIGN])
        count = upkeep.take_back(everything=everything)
        self.stdout.write(f"放回 {count} 个文件 (restored)")
