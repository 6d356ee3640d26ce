"""``python -m config.serving …``: granian with what it serves loaded before it forks, so that its workers share it.

Each worker would load the same modules for itself: twice the memory and twice the work of a start. What granian takes
on its command line stands as ever.
"""

import gc
from importlib import import_module

import django
from django.db import connections
from granian.cli import entrypoint


def main() -> None:
    django.setup()
    for name in ("config.urls", "pypinyin", "rjieba"):  # the last two: what search asks
        import_module(name)
    connections.close_all()  # each worker opens its own
    gc.collect()
    gc.freeze()  # a collection in a worker would write to all that is shared
    entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
