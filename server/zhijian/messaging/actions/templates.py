"""Templates in a city's own words."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.messaging import errors
from zhijian.messaging.models import Rewording
from zhijian.messaging.queries.templates import reworded, template
from zhijian.messaging.rules.templates import Template, faults


@transaction.atomic
def reword(
    actor: Actor,
    *,
    code: str,
    wording: Mapping[str, Mapping[str, str]],
    wechat: Mapping[str, Any] | None = None,
) -> Template:
    """Change a template's words; ``wechat`` None keeps its WeChat form. Messages already told stay as they were.

    Raises TemplateUnknown, TemplateWrong naming every fault.
    """
    present = template(code)
    form = present.wechat
    kept = {"template_id": form.template_id, "fields": dict(form.fields)} if form else {}
    shape = kept if wechat is None else wechat
    changed = reworded(present, wording, shape)
    found = faults(changed)
    if found:
        raise errors.TemplateWrong(fields=found)
    Rewording.objects.update_or_create(
        code=code, defaults={"wording": wording, "wechat": shape, "changed_at": now()}
    )
    record(actor, "message.template", subject=f"template:{code}")
    return changed


@transaction.atomic
def restore(actor: Actor, *, code: str) -> Template:
    """Back to the words as shipped. Raises TemplateUnknown."""
    Rewording.objects.filter(code=code).delete()
    found = template(code)
    record(actor, "message.template_restored", subject=f"template:{code}")
    return found
