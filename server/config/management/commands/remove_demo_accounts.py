"""``manage.py remove_demo_accounts``: closes what the demo has published, in a database that was loaded with it."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from zhijian.core.actor import SYSTEM
from zhijian.identity.demo import people
from zhijian.identity.loading import close_demo_citizens
from zhijian.organizations.loading import close_demo_staff
from zhijian.organizations.models import Staff


class Command(BaseCommand):
    help = "关闭演示工作人员账号和演示市民（办过的事和审计记录保留）；之后不能再登录"

    def handle(self, *args: Any, **options: Any) -> None:
        was_demo = Staff.objects.filter(demo=True).exists()
        phones = [person["phone"] for person in people()] if was_demo else []
        with transaction.atomic():
            staff = close_demo_staff(SYSTEM)
            citizens = close_demo_citizens(SYSTEM, phones=phones)
        self.stdout.write(f"已关闭 {staff} 个工作人员账号、{citizens} 个市民 (closed)")
