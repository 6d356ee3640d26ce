"""The limit that binds a case's decision: value, rule and law, from the version it was made under."""

import re
from dataclasses import dataclass

from zhijian.cases.models import Case
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.deadlines import decision_rule
from zhijian.catalog.codes import ItemKind
from zhijian.catalog.rules import apply_answers
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.spec import Limit as SpecLimit
from zhijian.core.deadlines import Limit

LICENSING_LAW = "《中华人民共和国行政许可法》"
_SETS_A_TIME = re.compile(r"[\d一二三四五六七八九十]+\s*个?(工作)?日(以?内|前)")


@dataclass(frozen=True, slots=True)
class Terms:
    """``limit`` is None where neither law nor department states one."""

    limit: Limit | None
    rule: str
    law: str


def terms_of(case: Case) -> Terms:
    spec = version(case.item_version_id).spec
    promised = apply_answers(spec, case.answers).promised_limit
    limit, rule = decision_rule(_limit(promised), _limit(spec.legal_limit))
    return Terms(limit, rule, law_of(spec))


def law_of(spec: ItemSpec) -> str:
    """The law behind the limit: the licensing law for licences, else the basis that sets a time, else the
    first one by its name alone."""
    if spec.kind == ItemKind.PERMIT:
        return f"{LICENSING_LAW}第四十二条"
    timed = next((basis for basis in spec.legal_bases if _SETS_A_TIME.search(basis.text)), None)
    return f"{timed.law}{timed.article}" if timed else spec.legal_bases[0].law


def _limit(limit: SpecLimit | None) -> Limit | None:
    return Limit(limit.value, limit.unit.value) if limit else None
