"""The limit that binds a case's decision: value, rule and law, from the version it was made under."""

from dataclasses import dataclass

from zhijian.cases.models import Case
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.deadlines import Limit, decision_rule
from zhijian.catalog.codes import ItemKind
from zhijian.catalog.rules import apply_answers
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.spec import Limit as SpecLimit

LICENSING_LAW = "《中华人民共和国行政许可法》"


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
    """The law behind the limit: the licensing law for licences, else the item's own first basis."""
    if spec.kind == ItemKind.PERMIT:
        return f"{LICENSING_LAW}第四十二条"
    basis = spec.legal_bases[0]
    return f"{basis.law}{basis.article}"


def _limit(limit: SpecLimit | None) -> Limit | None:
    return Limit(limit.value, limit.unit.value) if limit else None
