"""manage.py prepare: after each migrate, where our launcher isn't used."""

from typing import Any

from django.core.management.base import BaseCommand

from config.preparing import prepare


class Command(BaseCommand):
    help = "录入工作日历和词表，建立岗位组，收集静态文件，生成公开文件；可以重复执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        prepare()
        self.stdout.write("准备完成")
