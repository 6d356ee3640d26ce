"""``manage.py preflight``: what a start would say, errors and warnings."""

import sys
from typing import Any

from django.core.checks import ERROR
from django.core.management.base import BaseCommand

from config.needs import EXIT
from config.preflight.running import findings, told


class Command(BaseCommand):
    help = "检查启动条件：设置、密钥、签章证书、演示账号、文件目录"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings()
        for message in found:
            self.stdout.write(told(message), ending="")
        if any(message.level >= ERROR for message in found):
            sys.exit(EXIT)
        self.stdout.write("✓ 可以启动 (fit to start)")
