"""Templates: as shipped in ``wording/``, or as this city reworded them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from zhijian.messaging.errors import TemplateUnknown
from zhijian.messaging.models import Rewording
from zhijian.messaging.rules.templates import LANGUAGES, Template, Variable, WechatForm, Wording

_FOLDER = Path(__file__).resolve().parents[1] / "wording"


@cache
def shipped() -> Mapping[str, Template]:
    """All templates by code, as they come with the software."""
    return {
        code: _template(code, row)
        for path in sorted(_FOLDER.glob("*.json"))
        for code, row in json.loads(path.read_text(encoding="utf-8")).items()
    }


def template(code: str) -> Template:
    """Raises TemplateUnknown. One query."""
    found = shipped().get(code)
    if found is None:
        raise TemplateUnknown
    return _reworded(found, Rewording.objects.filter(code=code).first())


def templates() -> list[tuple[Template, bool]]:
    """Every template and whether it was reworded, by purpose and code. One query."""
    own = {row.code: row for row in Rewording.objects.all()}
    rows = [(_reworded(one, own.get(code)), code in own) for code, one in shipped().items()]
    return sorted(rows, key=lambda row: (row[0].purpose, row[0].code))


def _reworded(template: Template, own: Rewording | None) -> Template:
    return template if own is None else reworded(template, own.wording, own.wechat)


def reworded(template: Template, wording: Mapping[str, Any], wechat: Mapping[str, Any]) -> Template:
    """``template`` with other words; what it is for and its variables stay."""
    return Template(
        code=template.code,
        name=template.name,
        purpose=template.purpose,
        why=template.why,
        variables=template.variables,
        wording={language: Wording(**wording[language]) for language in LANGUAGES},
        wechat=WechatForm(**wechat) if wechat else None,
        urgent=template.urgent,
    )


def _template(code: str, row: Mapping[str, Any]) -> Template:
    return Template(
        code=code,
        name=row["name"],
        purpose=row["purpose"],
        why=row["why"],
        variables={name: Variable(**variable) for name, variable in row["variables"].items()},
        wording={language: Wording(**row[language]) for language in LANGUAGES},
        wechat=WechatForm(**row["wechat"]) if "wechat" in row else None,
        urgent=row.get("urgent", False),
    )
