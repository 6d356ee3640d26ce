"""``manage.py worker``: does background jobs until it is stopped, or until it loses its database."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

_WAITS = 5.0  # seconds


class _Pool(AsyncConnectionPool[AsyncConnection[Any]]):
    """Gives up soon when the database is away. With the half minute that a pool allows for each connection, a
    worker takes more than a minute to end, and the jobs wait on although the database is back. Whoever watches
    the worker starts it again, and a new one asks at once.
    """

    async def open(self, wait: bool = False, timeout: float = _WAITS) -> None:
        await super().open(wait, timeout)


class Command(BaseCommand):
    """Options: how many jobs at once, and of which queues; all queues if none is named."""

    help = "做后台任务，直到被停止；连不上数据库就退出，由看护它的进程重新启动"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("queues", nargs="*")
        parser.add_argument("--concurrency", type=int, default=int(os.environ.get("WORKER_CONCURRENCY", "2")))

    def handle(self, *args: Any, queues: list[str], concurrency: int, **options: Any) -> None:
        # The conditions reach over all domains, so they lie above this package.
        import_string("config.preflight.refuse_unless_fit")()
        connector = PsycopgConnector(pool_factory=_Pool, timeout=_WAITS, kwargs=connector_params())
        try:
            with app.replace_connector(connector) as worker:
                worker.run_worker(queues=queues or None, concurrency=concurrency)
        except PoolTimeout as error:
            raise CommandError("连不上数据库，请检查 DATABASE_URL 和数据库是否在运行") from error
