"""The tables that dispatchers keep: limits, routing, reply templates. What is running keeps the ends it has."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import time

from django.db import IntegrityError, transaction

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Department, Region, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post
from zhijian.tickets import errors
from zhijian.tickets.models import Category, ReplyTemplate, RoutingRule, SlaRule
from zhijian.tickets.rules.kinds import Kind
from zhijian.tickets.rules.sla import MOST_EXTENSION, limit_fault
from zhijian.tickets.rules.wording import unknown_variables


@dataclass(frozen=True, slots=True)
class Limits:
    contact_value: int
    contact_unit: str
    answer_value: int
    answer_unit: str
    extension_days: int = 0


@transaction.atomic
def change_sla(actor: Actor, *, code: str, limits: Limits) -> SlaRule:
    """Raises RoleForbids, RuleWrong. New tickets and new clocks follow it."""
    _dispatcher(actor, "ticket.sla_changed")
    sla = SlaRule.objects.select_for_update().filter(code=code).first()
    if sla is None:
        raise errors.RuleWrong(fields=[FieldError("/code", "unknown", "没有这条时限，请刷新后再试")])
    faults = [
        FieldError(f"/{name}", "range", words)
        for name, words in (
            ("contact", limit_fault(limits.contact_value, limits.contact_unit)),
            ("answer", limit_fault(limits.answer_value, limits.answer_unit)),
        )
        if words
    ]
    if not 0 <= limits.extension_days <= MOST_EXTENSION:
        faults.append(FieldError("/extension", "range", f"延期请填0到{MOST_EXTENSION}个工作日"))
    if faults:
        raise errors.RuleWrong(fields=faults)
    for name, value in asdict(limits).items():
        setattr(sla, name, value)
    sla.save()
    record(actor, "ticket.sla_changed", subject=f"sla:{code}", facts=asdict(limits))
    return sla


@dataclass(frozen=True, slots=True)
class Routing:
    """A row of the routing table; codes, not keys."""

    position: int
    name: str
    department: str
    kinds: Collection[str] = ()
    categories: Collection[str] = ()
    regions: Collection[str] = ()
    starts: time | None = None
    ends: time | None = None
    working: bool | None = None
    auto: bool = False
    active: bool = True


@transaction.atomic
def save_routing(actor: Actor, *, row: Routing, public_id: str = "") -> RoutingRule:
    """Change the rule ``public_id``, or add one. Raises RoleForbids, RuleWrong with every fault."""
    _dispatcher(actor, "ticket.routing_changed")
    department = Department.objects.filter(code=row.department).first()
    faults = _routing_faults(row, department)
    rule = RoutingRule.objects.filter(public_id=public_id).first() if public_id else RoutingRule()
    if rule is None:
        faults.append(FieldError("/public_id", "unknown", "没有这条规则，请刷新后再试"))
    if faults or rule is None or department is None:
        raise errors.RuleWrong(fields=faults)
    for name, value in (asdict(row) | {"department": department}).items():
        setattr(rule, name, list(value) if isinstance(value, tuple) else value)
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        taken = FieldError("/position", "taken", "这个次序已有规则，请换一个数")
        raise errors.RuleWrong(fields=[taken]) from error
    facts = {"position": row.position, "department": row.department, "auto": row.auto, "active": row.active}
    record(actor, "ticket.routing_changed", subject=f"routing:{rule.public_id}", facts=facts)
    return rule


def _routing_faults(row: Routing, department: Department | None) -> list[FieldError]:
    faults = []
    if not 1 <= row.position <= 9999:
        faults.append(FieldError("/position", "range", "次序请填1到9999之间的数"))
    if not 2 <= len(row.name.strip()) <= 60:
        faults.append(FieldError("/name", "length", "名称请写2到60个字"))
    if department is None:
        faults.append(FieldError("/department", "unknown", "请选择承办部门"))
    if not set(row.kinds) <= set(Kind.values):
        faults.append(FieldError("/kinds", "unknown", "请重新选择诉求类型"))
    known = set(Category.objects.filter(code__in=row.categories).values_list("code", flat=True))
    if not set(row.categories) <= known:
        faults.append(FieldError("/categories", "unknown", "有分类已不存在，请重新选择"))
    regions = set(Region.objects.filter(code__in=row.regions).values_list("code", flat=True))
    if not set(row.regions) <= regions:
        faults.append(FieldError("/regions", "unknown", "有区划已不存在，请重新选择"))
    if (row.starts is None) != (row.ends is None) or (row.starts is not None and row.starts == row.ends):
        faults.append(FieldError("/hours", "hours", "开始和结束时间要一起填写，并且不能相同"))
    return faults


@transaction.atomic
def save_template(
    actor: Actor, *, code: str, name: str, text: str, kind: str = "", category: str = ""
) -> ReplyTemplate:
    """Raises RoleForbids, RuleWrong for a variable that no reply can fill."""
    _dispatcher(actor, "ticket.template_changed")
    faults = []
    if unknown := unknown_variables(text):
        faults.append(FieldError("/text", "variable", "没有这些变量：" + "、".join(unknown)))
    if not 5 <= len(text.strip()) <= 2000:
        faults.append(FieldError("/text", "length", "模板内容请写5到2000个字"))
    about = Category.objects.filter(code=category).first() if category else None
    if (kind and kind not in Kind.values) or (category and about is None):
        faults.append(FieldError("/category", "choice", "请重新选择类型或分类"))
    if faults:
        raise errors.RuleWrong(fields=faults)
    saved, _ = ReplyTemplate.objects.update_or_create(
        code=code, defaults={"name": name.strip()[:40], "text": text.strip(), "kind": kind, "category": about}
    )
    record(actor, "ticket.template_changed", subject=f"template:{code}")
    return saved


def _dispatcher(actor: Actor, attempt: str) -> None:
    staff = (
        Staff.objects.filter(public_id=actor.key, is_active=True).first() if actor.kind == "staff" else None
    )
    if actor.kind == "system" or (staff is not None and holds(staff, Post.TICKET_DISPATCHER)):
        return
    raise errors.RoleForbids(attempt=lambda: record_refusal(actor, attempt, subject="tables"))
