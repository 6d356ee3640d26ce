"""The conditions. Ids are ``preflight.<code>``; the message is Chinese, the hint English, both say what to do."""

import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register
from django.db import ProgrammingError
from django.utils.module_loading import import_string

from config.needs import needs
from zhijian.core.files import upkeep
from zhijian.core.files.store import is_known
from zhijian.core.installation import confirmed_keyring
from zhijian.core.key_errors import KeysUnusable
from zhijian.core.pdf import certificates
from zhijian.core.pdf.certificates import SigningUnavailable
from zhijian.identity.loading import CLOSED
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Staff

TAG = "preflight"
DATABASE_TAG = "preflight_database"


def error(code: str, chinese: str, english: str, level: int = checks.ERROR) -> CheckMessage:
    return CheckMessage(level, chinese, hint=english, id=f"{TAG}.{code}")


@register(TAG, deploy=True)
def environment(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """What must be set outside the demo."""
    environ = os.environ | {"ZHIJIAN_DEMO": "1" if settings.DEMO else "0"}
    return [
        error(need.code, need.chinese, need.english, checks.WARNING if need.warning else checks.ERROR)
        for need in needs(environ)
    ]


@register(TAG, deploy=True)
def signing(app_configs: Any, **options: Any) -> Iterable[CheckMessage]:
    """That documents can be signed rightly, and still can in two months."""
    code, days = certificates.fault(), certificates.days_left()
    if code and code != "signing.missing":  # what is not set is told by ``environment``
        yield error(code, *SigningUnavailable.WORDS[code])
    elif days is not None and days <= certificates.WARN_BEFORE.days:
        yield error(
            "signing.expiring",
            f"签章证书还有 {days} 天到期，请尽快换新。",
            f"The certificate expires in {days} days: renew it.",
            checks.WARNING,
        )


@register(TAG, deploy=True)
def adapters(app_configs: Any, **options: Any) -> Iterable[CheckMessage]:
    """That a named adapter of an outside system is there, before the first message would need it."""
    for system, chosen in settings.OUTSIDE.items():
        path = chosen["adapter"]
        try:
            if "." in path:
                import_string(path)
        except ImportError:
            name = f"{system.upper()}_ADAPTER"
            yield error(
                f"adapter.{system}",
                f"{name}={path} 不能用：没有这个程序。请核对模块和类的名字，并确认它已经安装。",
                f"{name}: cannot be imported. Check the names of the module and the class, and that it is installed.",
            )


@register(TAG, deploy=True)
def store_scheme(app_configs: Any, **options: Any) -> Iterable[CheckMessage]:
    """That the place of the files is one that this installation knows how to write to."""
    if not is_known(settings.FILES_URL):
        scheme = settings.FILES_URL.partition(":")[0]
        yield error(
            "files.store",
            f"FILES_URL 以 {scheme}: 开头，这里没有这种存储的程序。请写 file:///目录，或先安装它。",
            f"FILES_URL: no store for {scheme}: is installed. Use file:///folder, or install one.",
        )


@register(DATABASE_TAG, deploy=True)
def keys(app_configs: Any, **options: Any) -> Iterable[CheckMessage]:
    """That the keyring is the database's own. A new database's is made here."""
    try:
        confirmed_keyring()
    except KeysUnusable as refusal:
        yield error(refusal.code, *refusal.words())


@register(DATABASE_TAG, deploy=True)
def file_store(app_configs: Any, **options: Any) -> Iterable[CheckMessage]:
    """That the file store is the database's own. A new, empty one is bound to it here."""
    try:
        upkeep.bind()
        foreign = upkeep.is_foreign()
    except (KeysUnusable, ProgrammingError):
        return  # told by ``keys``
    if foreign:
        yield error(
            "files.foreign",
            "文件目录（ZHIJIAN_HOME/files）属于另一个数据库。请核对 DATABASE_URL 和 ZHIJIAN_HOME 是否配套。",
            "The file store belongs to another database: check that DATABASE_URL and ZHIJIAN_HOME go together.",
        )


@register(DATABASE_TAG, deploy=True)
def demo_accounts(app_configs: Any, **options: Any) -> Iterable[CheckMessage]:
    """That nobody can log in with what the demo has published."""
    if settings.DEMO:
        return
    count = Staff.objects.filter(demo=True, is_active=True).count()
    citizens = Citizen.objects.filter(demo=True).exclude(phone_index__startswith=CLOSED).count()
    if count or citizens:
        yield error(
            "demo.accounts",
            f"数据库里有 {count} 个演示工作人员账号、{citizens} 个演示市民，密码和验证码是公开的。"
            "正式环境请用新的数据库，或先运行 manage.py remove_demo_accounts 关闭它们。",
            f"The database holds {count} demo staff accounts and {citizens} demo citizens, open to anybody. Use a new "
            "database, or close them with manage.py remove_demo_accounts.",
        )


@register(DATABASE_TAG, deploy=True)
def demo_over_real_data(app_configs: Any, **options: Any) -> Iterable[CheckMessage]:
    """That the demo is not loaded into a database of real people."""
    if not settings.DEMO or Staff.objects.filter(demo=True, is_active=True).exists():
        return
    if Staff.objects.exists() or Citizen.objects.exists():
        yield error(
            "demo.real_data",
            "这个数据库不是演示数据库，不能载入演示城市和公开密码的账号。请去掉 --demo，或换一个 ZHIJIAN_HOME / DATABASE_URL。",
            "This database is not a demo's: demo accounts will not be loaded into it. Leave --demo out, or choose another "
            "ZHIJIAN_HOME or DATABASE_URL.",
        )
