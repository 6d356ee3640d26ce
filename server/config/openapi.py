"""The committed OpenAPI document: ``python -m config.openapi [--check]`` writes it or compares."""

import json
import os
import sys
from pathlib import Path

import django

FILE = Path(__file__).resolve().parents[1] / "openapi" / "citizen.json"


def current() -> str:
    from config.api import api

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if "--check" in arguments:
        if FILE.exists() and FILE.read_text() == current():
            return 0
        print("openapi/citizen.json is out of date: run python -m config.openapi")  # noqa: T201
        return 1
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(current())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
