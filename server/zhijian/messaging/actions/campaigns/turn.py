"""The life of a campaign: what the frame of its actions reads, writes and refuses."""

from collections.abc import Callable
from functools import partial
from typing import Any

from zhijian.audit.actions import record_refusal
from zhijian.core.actor import Actor
from zhijian.core.errors import Problem
from zhijian.lifecycle import turn as frame
from zhijian.lifecycle.table import Refusal
from zhijian.messaging import errors
from zhijian.messaging.models import Campaign, CampaignStep
from zhijian.messaging.queries.campaigns import roles_of
from zhijian.messaging.rules.campaigns import SYSTEM, TABLE, Act, Role, State
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

Turn = frame.Turn[Campaign, State, Act]


class CampaignLife(frame.Life[Campaign, State, Act]):
    name, model, related = "campaign", Campaign, ("author", "department")
    table, states = TABLE, State
    state_forbids, role_forbids, not_now = errors.NotNow, errors.NotYours, errors.NotNow
    reason_missing = errors.ReasonMissing

    def roles_of(self, actor: Actor, staff: Staff | None, row: Campaign) -> frozenset[str]:
        return roles_of(staff, row) if staff else SYSTEM if actor.kind == "system" else frozenset()

    def check_own(self, actor: Actor, row: Campaign, action: Act, roles: frozenset[str]) -> None:
        """Who may do it in no state is told so in every state."""
        if not any(one.action is action and one.roles & roles for one in self.table):
            raise self._problem(Refusal("role", ""), actor, row, action, None)

    def role_problem(
        self, refusal: Refusal, actor: Actor, row: Campaign, action: Act, *, attempt: Callable[[], None]
    ) -> Problem:
        own = actor.key == row.author.public_id and action in {Act.APPROVE, Act.SEND_BACK}
        told = partial(record_refusal, actor, f"campaign.{action}", subject=self.subject(row))
        return (errors.OwnApproval if own else errors.NotYours)(attempt=told)

    def post(self, role: str) -> str:
        return Post.SUPERVISOR if role == Role.SUPERVISOR else Post.OPERATOR

    def write_step(self, turn: Turn, *, opinion: str, note: str, **extra: Any) -> None:
        CampaignStep.objects.create(
            campaign=turn.row,
            at=turn.at,
            action=turn.action,
            actor_key=turn.actor.key,
            post=turn.actor.label,
            note=note[:500],
        )

    def facts_told(self, turn: Turn) -> dict[str, Any]:
        return {}


LIFE = CampaignLife()
begin, finish, mark = LIFE.begin, LIFE.finish, LIFE.mark
