#!/usr/bin/env python3
"""Django's command line, with the settings of this project."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        if not hasattr(error, "advice"):
            raise
        chinese, english = error.words()  # keys that are not this database's: KeysUnusable
        sys.stderr.write(f"✗ {chinese}\n  {english} [{error.code}]\n")
        return 78
    return 0


if __name__ == "__main__":
    sys.exit(main())
