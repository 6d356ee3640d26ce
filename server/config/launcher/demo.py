"""The demo city 云州市, loaded through the domains' own actions."""

import json
from typing import Any

from django.conf import settings

from zhijian.core.actor import SYSTEM

DEMO_LOGINS = [
    "市民 (citizen)      手机号 19900000001，验证码见演示短信页",
    "工作人员 (staff)    见登录页“演示账号”，密码 zhijian-demo",
]


def load() -> None:
    """Idempotent: what is there stays as it is."""
    from zhijian.catalog.loading import load_catalog
    from zhijian.identity.loading import load_citizens
    from zhijian.licences.loading import load_licences

    from zhijian.organizations.loading import load_organizations

    load_organizations(SYSTEM, _read("organizations.json"))
    people = _read("people.json")
    load_citizens(SYSTEM, people)
    load_catalog(SYSTEM, settings.DEMO_ROOT)
    load_licences(SYSTEM, people)


def _read(name: str) -> Any:
    return json.loads((settings.DEMO_ROOT / name).read_text())
