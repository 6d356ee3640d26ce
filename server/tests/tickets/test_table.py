"""The life cycle walked: every state × action × role, against a table written a second time."""

import pytest
from tickets.factories import IN_STATE, City, make_city

from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now
from zhijian.core.errors import InternalStepRefused
from zhijian.identity.models import Citizen
from zhijian.lifecycle.turn import staff_of
from zhijian.tickets import actions, errors
from zhijian.tickets.actions import turn
from zhijian.tickets.models import CoHandling, Follower, Ticket
from zhijian.tickets.queries.facts import roles_of
from zhijian.tickets.rules import table
from zhijian.tickets.rules.acts import LABELS_EN, Action
from zhijian.tickets.rules.guards import Facts
from zhijian.tickets.rules.states import OPEN, State

R, F, S, C = "reporter", "follower", "system", "co_officer"
D, O = "ticket_dispatcher", "ticket_officer"  # noqa: E741 - short names keep the table readable
#: state → action → who, and what follows; "" keeps the state. Written from the service's rules, not from the code.
EXPECTED: dict[str, dict[str, tuple[set[str], str]]] = {
    "submitted": {
        "dispatch": ({D, S}, "dispatched"), "answer_directly": ({D}, "replied"), "reclassify": ({D}, ""),
        "refuse": ({D}, "refused"), "split": ({D}, "split"), "merge": ({D, S}, "merged"), "withdraw": ({R, S}, "withdrawn"),
    },
    "dispatched": {
        "split": ({D}, "split"), "merge": ({D}, "merged"), "withdraw": ({R, S}, "withdrawn"), "supervise": ({D}, ""),
        "accept": ({O}, "handling"), "return": ({O}, "submitted"), "forward": ({O, D}, ""), "refuse": ({O, D}, "refused"),
        "prepare_publication": ({O, D}, ""), "publish": ({D}, ""), "unpublish": ({D}, ""),
    },
    "handling": {
        "merge": ({D}, "merged"), "withdraw": ({R, S}, "withdrawn"), "supervise": ({D}, ""), "forward": ({O, D}, "dispatched"),
        "refuse": ({O}, "refused"), "claim": ({O}, ""), "contact": ({O}, ""), "ask_more": ({O}, "supplement"),
        "invite": ({O}, ""), "co_answer": ({C}, ""), "reply": ({O}, "replied"), "ask_extension": ({O}, ""),
        "approve_extension": ({D}, ""), "deny_extension": ({D}, ""), "recall_extension": ({O}, ""),
        "prepare_publication": ({O, D}, ""), "publish": ({D}, ""), "unpublish": ({D}, ""),
    },
    "supplement": {
        "merge": ({D}, "merged"), "withdraw": ({R, S}, "withdrawn"), "supervise": ({D}, ""), "co_answer": ({C}, ""),
        "supplement": ({R}, "handling"), "resume": ({O}, "handling"),
        "prepare_publication": ({O, D}, ""), "publish": ({D}, ""), "unpublish": ({D}, ""),
    },
    "replied": {
        "call_back": ({D}, "closed"), "send_back": ({D}, "handling"), "auto_close": ({S}, "closed"),
        "reopen": ({R, F, D}, "dispatched"),
        "prepare_publication": ({O, D}, ""), "publish": ({D}, ""), "unpublish": ({D}, ""),
    },
    "split": {"close_parts": ({S}, "closed")},
    "closed": {
        "reopen": ({R, F, D}, "dispatched"),
        "prepare_publication": ({O, D}, ""), "publish": ({D}, ""), "unpublish": ({D}, ""),
    },
    "refused": {}, "withdrawn": {}, "merged": {"withdraw": ({R}, "withdrawn")},
}  # fmt: skip
for _state in ("submitted", "dispatched", "handling", "supplement"):
    EXPECTED[_state]["recompute"] = ({S}, "")
#: Facts under which no guard stands in the way of any row.
_OPEN_FACTS = {
    Action.CO_ANSWER: Facts(co_answer_open=True),
    Action.AUTO_CLOSE: Facts(waiting_over=True),
    Action.APPROVE_EXTENSION: Facts(extension="pending"),
    Action.DENY_EXTENSION: Facts(extension="pending"),
    Action.RECALL_EXTENSION: Facts(extension="pending"),
    Action.PUBLISH: Facts(publication_pending=True),
    Action.UNPUBLISH: Facts(publication="confirmed"),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_every_state_and_action_for_every_role(state: State, action: Action) -> None:
    who, target = EXPECTED[state].get(action, (set(), ""))
    facts = _OPEN_FACTS.get(action, Facts())
    allowed = {
        role for role in table.ROLES if table.TABLE.refusal(state, action, frozenset({role}), facts) is None
    }
    assert allowed == who
    row = next(iter(table.TABLE.rows(state, action)), None)
    assert (row.target or "" if row else "") == target


@pytest.mark.parametrize(
    ("state", "action", "role", "facts"),
    [
        ("handling", Action.REPLY, O, Facts(held_by_other=True)),
        ("handling", Action.REPLY, O, Facts(extension="pending")),
        ("handling", Action.CONTACT, O, Facts(contacted=True)),
        ("handling", Action.CLAIM, O, Facts(held_by_self=True)),
        ("handling", Action.CO_ANSWER, C, Facts()),
        ("handling", Action.ASK_EXTENSION, O, Facts(extension="approved")),
        ("handling", Action.ASK_EXTENSION, O, Facts(extension="pending")),
        ("handling", Action.APPROVE_EXTENSION, D, Facts(extension="denied")),
        ("handling", Action.APPROVE_EXTENSION, D, Facts(extension="pending", asked_extension_self=True)),
        ("handling", Action.RECALL_EXTENSION, O, Facts(extension="recalled")),
        ("handling", Action.DENY_EXTENSION, D, Facts(extension="pending", asked_extension_self=True)),
        ("handling", Action.ASK_MORE, O, Facts(somebody_to_ask=False)),
        ("merged", Action.WITHDRAW, R, Facts(goes_on_open=False)),
        ("handling", Action.FORWARD, O, Facts(held_by_other=True)),
        ("replied", Action.AUTO_CLOSE, S, Facts()),
        ("closed", Action.REOPEN, F, Facts(reopen_open=False)),
        ("split", Action.CLOSE_PARTS, S, Facts(parts_open=True)),
        ("submitted", Action.SPLIT, D, Facts(has_parent=True)),
        ("closed", Action.PUBLISH, D, Facts(publication="confirmed")),
        ("closed", Action.UNPUBLISH, D, Facts(publication="draft", publication_pending=True)),
    ],
)
def test_guards_say_why_not(state: str, action: Action, role: str, facts: Facts) -> None:
    refusal = table.TABLE.refusal(state, action, frozenset({role}), facts)
    assert refusal is not None
    assert refusal.kind == "guard"
    assert refusal.words[0] > "\u4e00"
    assert action not in table.TABLE.possible(state, frozenset({role}), facts)


def test_words_for_everything() -> None:
    assert LABELS_EN.keys() == set(Action)
    assert all(action.label for action in Action)


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(State))
def test_the_actions_obey_the_table(state: State) -> None:
    """The same walk through the frame of the actions, with real people and a real row."""
    city = make_city()
    ticket = IN_STATE[state](city)
    follower = Citizen.objects.create(phone="19900009998", phone_index="follower")
    Follower.objects.create(ticket=ticket, citizen=follower, since=now())
    CoHandling.objects.create(ticket=ticket, department=city.other, request="请协助", asked_at=now())
    people = _people(city, follower)
    for role, actor in people.items():
        for action in Action:
            _tries(actor, ticket, action, role)


def _people(city: City, follower: Citizen) -> dict[str, Actor]:
    return {
        R: city.citizen.actor,
        F: follower.actor,
        S: SYSTEM,
        D: city.dispatcher.actor,
        O: city.officer.actor,
        C: city.helper.actor,
        "supervisor": city.supervisor.actor,
        "stranger": Actor("citizen", "somebody", "申请人"),
    }


def _tries(actor: Actor, ticket: Ticket, action: Action, role: str) -> None:
    who, _ = EXPECTED[ticket.state].get(action, (set(), ""))
    try:
        turn.begin(actor, ticket, action)
    except errors.TicketNotFound:
        assert role == "stranger"
    except errors.RoleForbids:
        assert role not in _roles(actor, ticket, who)
        assert actor.kind == "staff"
    except InternalStepRefused:
        assert actor is SYSTEM
        assert not _roles(actor, ticket, who)
    except errors.StateForbids:
        assert action not in EXPECTED[ticket.state] or (
            actor.kind == "citizen" and not _roles(actor, ticket, who)
        )
    except (errors.NotNow, errors.ReopenTooLate):
        assert _roles(actor, ticket, who)
    else:
        assert _roles(actor, ticket, who)


def _roles(actor: Actor, ticket: Ticket, who: set[str]) -> set[str]:
    staff = staff_of(actor)
    return (
        set(roles_of(actor, staff, Ticket.objects.select_related("department", "citizen").get(pk=ticket.pk)))
        & who
    )


@pytest.mark.django_db
def test_officers_of_other_departments_can_do_nothing() -> None:
    city = make_city()
    ticket = IN_STATE[State.HANDLING](city)
    with pytest.raises(errors.RoleForbids):
        actions.reply(city.helper.actor, ticket=ticket, text="不是我们的事情呀")
    assert State(Ticket.objects.get(pk=ticket.pk).state) in OPEN
