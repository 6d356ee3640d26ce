"""manage.py load_organizations demo/organizations.json [--demo-passwords]"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem
from zhijian.organizations.loading import give_demo_passwords, load_organizations


class Command(BaseCommand):
    help = "Load regions, departments, halls, staff and posts from a JSON document."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--demo-passwords", action="store_true", help="demo installations only")

    def handle(self, *args: Any, **options: Any) -> None:
        data = json.loads(options["file"].read_text(encoding="utf-8"))
        try:
            counts = load_organizations(SYSTEM, data)
            if options["demo_passwords"]:
                give_demo_passwords(SYSTEM, usernames=[row["username"] for row in data["staff"]])
        except Problem as problem:
            places = "\n".join(f"{fault.path}: {fault.message}" for fault in problem.fields)
            raise CommandError(f"{problem}\n{places}".strip()) from problem
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()))
