"""From dispatch to close: what each action changes, and what time does."""

from datetime import timedelta

import pytest
import time_machine
from support.rows import changed, stored
from tickets.factories import (
    REPLY,
    City,
    anonymous,
    asking,
    closed,
    dispatched,
    handling,
    make_category,
    make_city,
    make_sla,
    merged,
    replied,
    split,
    submitted,
)

from zhijian.core.clock import now
from zhijian.core.lights import Light
from zhijian.core.workdays import Workdays
from zhijian.tickets import actions, errors
from zhijian.tickets.actions import upkeep
from zhijian.tickets.actions.tables import Limits, change_sla, save_template
from zhijian.tickets.console.rows import light_of
from zhijian.tickets.models import Follower, Ticket
from zhijian.tickets.queries import upkeep as due
from zhijian.tickets.queries.citizen import ticket_by_receipt
from zhijian.tickets.queries.standing import lit, standing
from zhijian.tickets.queries.tables import templates_for
from zhijian.tickets.rules.states import State
from zhijian.tickets.senders import nameless
from zhijian.tickets.tasks import close_answered, tell_overdue

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city()


def test_the_straight_way(city: City) -> None:
    ticket = handling(city)
    assert ticket.assignee == city.officer
    ticket = actions.contact(city.officer.actor, ticket=ticket, note="已电话联系")
    assert ticket.sort_at == ticket.due_at
    ticket = actions.reply(city.officer.actor, ticket=ticket, text=REPLY)
    ticket = actions.call_back(city.dispatcher.actor, ticket=ticket, note="回访", resolved=True)
    assert (ticket.state, ticket.resolved, ticket.satisfied) == (State.CLOSED, True, None)
    assert ticket.reopen_until is not None
    assert (ticket.reopen_until - now()).days == 15


def test_forwarding_and_returning_need_a_reason_and_another_department(city: City) -> None:
    ticket = dispatched(city)
    with pytest.raises(errors.WordsMissing):
        actions.forward(city.officer.actor, ticket=ticket, department=city.other, reason=" ")
    with pytest.raises(errors.DepartmentWrong):
        actions.forward(city.officer.actor, ticket=ticket, department=city.department, reason="转给自己")
    end = ticket.due_at
    ticket = actions.forward(city.officer.actor, ticket=ticket, department=city.other, reason="属交通职责")
    assert (ticket.department, ticket.due_at) == (city.other, end)
    with pytest.raises(errors.RoleForbids):
        actions.accept(city.officer.actor, ticket=ticket)
    ticket = actions.return_to_dispatcher(
        city.helper.actor, ticket=ticket, reason="属城管", suggestion=city.department
    )
    assert (ticket.state, ticket.department, ticket.suggested) == (State.SUBMITTED, None, city.department)


def test_forwarding_takes_the_ticket_from_the_former_department_s_officer(city: City) -> None:
    ticket = handling(city)
    before = stored(ticket)
    assert before["assignee_id"] == city.officer.pk
    actions.forward(city.officer.actor, ticket=ticket, department=city.other, reason="属交通职责")
    assert changed(before, ticket) == {
        "state": State.DISPATCHED,
        "department_id": city.other.pk,
        "assignee_id": None,
        "updated_at": stored(ticket)["updated_at"],
    }


def test_a_part_is_the_same_person_s_matter_with_the_same_consents(city: City) -> None:
    for consent in (True, False):
        whole = submitted(city, share_consent=consent)
        parts = [
            actions.Part(city.department, city.category, "维修损坏的路灯"),
            actions.Part(city.other, city.category, "公交站牌被撞歪"),
        ]
        actions.split(city.dispatcher.actor, ticket=whole, parts=parts)
        one, two = whole.parts.order_by("id")
        assert changed(stored(whole), one).keys() == {
            *("id", "public_id", "number", "parent_id", "state", "body", "words", "digest"),
            *("department_id", "suggested_id", "sort_at"),
        }
        assert changed(stored(one), two).keys() == {
            *("id", "public_id", "number", "body", "words", "digest", "department_id", "suggested_id"),
        }


def test_who_reported_both_does_not_follow_their_own_ticket(city: City) -> None:
    main, second = submitted(city), submitted(city)
    before = stored(second)
    actions.merge(city.dispatcher.actor, ticket=second, into=main, reason="同一处路灯")
    assert changed(before, second) == {
        "state": State.MERGED,
        "merged_into_id": main.pk,
        "updated_at": stored(second)["updated_at"],
        "sort_at": stored(second)["sort_at"],
    }
    assert not main.followers.exists()


def test_the_clock_stands_while_the_person_is_asked(city: City) -> None:
    ticket = asking(city)
    before = ticket.due_at
    assert standing(ticket, now()).light is Light.PAUSED
    with time_machine.travel("2026-11-04T10:00:00+08:00"):
        ticket = actions.supplement(city.citizen.actor, ticket=ticket, text="灯杆编号是235")
    assert before is not None
    assert ticket.due_at == before + timedelta(days=2)
    pause = ticket.pauses.get()
    assert (pause.question, pause.answer) == ("请补充灯杆编号", "灯杆编号是235")


def test_the_officer_may_go_on_without_an_answer(city: City) -> None:
    ticket = actions.resume(city.officer.actor, ticket=asking(city), note="先按现场情况办理")
    assert ticket.state == State.HANDLING


def test_an_extension_is_asked_decided_and_told_once(city: City) -> None:
    ticket = handling(city)
    with pytest.raises(errors.ExtensionWrong):
        actions.ask_extension(city.officer.actor, ticket=ticket, days=6, reason="配件要等很久")
    ticket = actions.ask_extension(city.officer.actor, ticket=ticket, days=3, reason="配件要等很久")
    with pytest.raises(errors.NotNow):
        actions.reply(city.officer.actor, ticket=ticket, text=REPLY)
    with pytest.raises(errors.RoleForbids):
        actions.approve_extension(city.officer.actor, ticket=ticket)
    ticket = actions.approve_extension(city.dispatcher.actor, ticket=ticket)
    assert ticket.due_at is not None
    assert ticket.due_at.date().isoformat() == "2026-11-12"
    assert ticket.steps.order_by("id").last().note == "配件要等很久"  # type: ignore[union-attr]
    with pytest.raises(errors.NotNow):
        actions.ask_extension(city.officer.actor, ticket=ticket, days=1, reason="还要再等等看")


def test_a_denied_extension_may_be_asked_again(city: City) -> None:
    ticket = actions.ask_extension(city.officer.actor, ticket=handling(city), days=3, reason="配件要等很久")
    end = ticket.due_at
    ticket = actions.deny_extension(city.dispatcher.actor, ticket=ticket, opinion="请抓紧")
    assert ticket.due_at == end
    actions.ask_extension(city.officer.actor, ticket=ticket, days=2, reason="厂家停产要改方案")


def test_helpers_answer_for_the_leading_department(city: City) -> None:
    ticket = actions.invite(
        city.officer.actor, ticket=handling(city), department=city.other, request="请核查站牌"
    )
    with pytest.raises(errors.DepartmentWrong):
        actions.invite(city.officer.actor, ticket=ticket, department=city.other, request="请再核查")
    ticket = actions.co_answer(city.helper.actor, ticket=ticket, opinion="站牌已加固")
    with pytest.raises(errors.NotNow):
        actions.co_answer(city.helper.actor, ticket=ticket, opinion="再说一次")
    with pytest.raises(errors.RoleForbids):
        actions.reply(city.helper.actor, ticket=ticket, text=REPLY)


def test_a_colleague_claims_before_working(city: City) -> None:
    ticket = handling(city)
    with pytest.raises(errors.NotNow):
        actions.reply(city.colleague.actor, ticket=ticket, text=REPLY)
    ticket = actions.claim(city.colleague.actor, ticket=ticket)
    assert actions.reply(city.colleague.actor, ticket=ticket, text=REPLY).state == State.REPLIED


def test_refusing_says_why_and_where_to_turn(city: City) -> None:
    with pytest.raises(errors.WordsMissing):
        actions.refuse(city.dispatcher.actor, ticket=submitted(city), reason="不属于政府职责", elsewhere="")
    ticket = actions.refuse(
        city.dispatcher.actor, ticket=submitted(city), reason="属于民事纠纷", elsewhere="向法院起诉"
    )
    assert ticket.reply == "不予受理：属于民事纠纷\n您可以：向法院起诉"


def test_merging_carries_everybody_over(city: City) -> None:
    first = merged(city)
    main = first.merged_into
    assert main is not None
    third, _ = anonymous(city)
    actions.merge(city.dispatcher.actor, ticket=main, into=third, reason="同一处路灯")
    first.refresh_from_db()
    assert first.merged_into == third  # no chains
    assert list(third.followers.values_list("citizen", "origin")) == [(city.citizen.pk, "reported")]
    for into in (third, first):
        with pytest.raises(errors.MergeWrong):
            actions.merge(city.dispatcher.actor, ticket=third, into=into, reason="不行的")


def test_a_merged_reporter_may_reopen_what_it_became(city: City) -> None:
    main, _ = anonymous(city)
    ticket = submitted(city)
    actions.merge(city.dispatcher.actor, ticket=ticket, into=main, reason="同一处路灯")
    main = actions.answer_directly(city.dispatcher.actor, ticket=main, text=REPLY)
    again = actions.reopen(city.citizen.actor, ticket=main, reason="还是不亮")
    assert (again.state, again.reopened) == (State.DISPATCHED, 1)


def test_splitting_makes_parts_and_the_whole_ends_with_them(city: City) -> None:
    whole = split(city)
    parts = list(whole.parts.order_by("id"))
    assert [part.department for part in parts] == [city.department, city.other]
    assert all(part.due_at == whole.due_at and part.citizen == city.citizen for part in parts)
    for part, officer in zip(parts, (city.officer, city.helper), strict=True):
        whole.refresh_from_db()
        assert whole.state == State.SPLIT
        part = actions.accept(officer.actor, ticket=part)
        part = actions.reply(officer.actor, ticket=part, text=REPLY)
        actions.call_back(city.dispatcher.actor, ticket=part, note="回访")
    whole.refresh_from_db()
    assert whole.state == State.CLOSED
    with pytest.raises(errors.NotNow):
        actions.split(city.dispatcher.actor, ticket=_sent_back(city, parts[0]), parts=[])


def _sent_back(city: City, part: Ticket) -> Ticket:
    return actions.reopen(city.citizen.actor, ticket=part, reason="没有修好")


def test_one_matter_is_not_split(city: City) -> None:
    with pytest.raises(errors.SplitWrong):
        actions.split(
            city.dispatcher.actor,
            ticket=submitted(city),
            parts=[actions.Part(city.other, city.category, "只有一件事情")],
        )


def test_reopening_begins_a_new_clock_and_ends_with_its_window(city: City) -> None:
    ticket = closed(city)
    ticket = actions.mark_rated(reference=ticket.number, stars=5, satisfied=True)
    with time_machine.travel("2026-11-17T23:59:00+08:00", tick=False):
        again = actions.reopen(city.citizen.actor, ticket=ticket, reason="第二天又不亮了")
        assert again.clock_started_at == now()
        assert (again.contacted_at, again.resolved, again.satisfied, again.reopened) == (None, False, True, 1)
        assert (again.stars, again.rated_at) == (None, None)
    late = closed(city)
    with time_machine.travel("2026-11-18T00:00:01+08:00"), pytest.raises(errors.ReopenTooLate):
        actions.reopen(city.citizen.actor, ticket=late, reason="第二天又不亮了")


def test_followers_may_reopen_strangers_find_nothing(city: City) -> None:
    from identity.factories import CitizenFactory

    ticket, stranger = closed(city), CitizenFactory.create(real_named=True)
    with pytest.raises(errors.TicketNotFound):
        actions.reopen(stranger.actor, ticket=ticket, reason="我也觉得没修好")
    Follower.objects.create(ticket=ticket, citizen=stranger, since=now())
    assert actions.reopen(stranger.actor, ticket=ticket, reason="我也觉得没修好").reopened == 1


def test_an_anonymous_ticket_is_opened_by_its_receipt_alone(city: City) -> None:
    ticket, receipt = anonymous(city)
    actor, found = ticket_by_receipt(ticket.number.lower(), receipt.lower())
    assert found == ticket
    assert actions.withdraw(actor, ticket=found).state == State.WITHDRAWN
    for number, code in (
        (ticket.number, "AAAA-AAAA-AAAA-AAAA"),
        ("SQ0", receipt),
        (submitted(city).number, ""),
    ):
        with pytest.raises(errors.ReceiptWrong):
            ticket_by_receipt(number, code)
    with pytest.raises(errors.TicketNotFound):
        actions.withdraw(nameless(ticket.public_id), ticket=submitted(city))


def test_lights_tell_contact_first_then_the_answer(city: City) -> None:
    ticket = handling(city)
    stands = standing(ticket, now())
    assert (stands.step, stands.light) == ("contact", Light.YELLOW)  # one working day is left from the start
    with time_machine.travel("2026-11-04T09:00:00+08:00"):
        assert standing(ticket, now()).light is Light.RED
        ticket = actions.contact(city.officer.actor, ticket=ticket, note="已联系")
        assert (standing(ticket, now()).step, standing(ticket, now()).light) == ("answer", Light.GREEN)
    with time_machine.travel("2026-11-10T00:00:01+08:00"):
        assert standing(ticket, now()).light is Light.RED


@pytest.mark.parametrize("day", range(2, 13))
def test_the_filter_shows_what_the_light_shows(city: City, day: int) -> None:
    contacted = actions.contact(city.officer.actor, ticket=handling(city), note="已联系")
    tickets = [submitted(city), dispatched(city), contacted, asking(city), replied(city), closed(city)]
    with time_machine.travel(f"2026-11-{day:02d}T12:00:00+08:00"):
        for light in (Light.RED, Light.YELLOW, Light.PAUSED):
            shown = set(Ticket.objects.filter(lit(light, now())).values_list("pk", flat=True))
            assert shown == {one.pk for one in tickets if standing(one, now()).light is light}, light


def test_lateness_is_told_once_a_clock(city: City) -> None:
    ticket = handling(city)
    assert not upkeep.tell_overdue(ticket=ticket)
    with time_machine.travel("2026-11-10T09:00:00+08:00"):
        assert list(due.overdue_untold()) == [ticket]
        tell_overdue.func()
        assert not upkeep.tell_overdue(ticket=ticket)
        assert list(due.overdue_untold()) == []


def test_answered_tickets_close_after_a_week(city: City) -> None:
    ticket = replied(city)
    with pytest.raises(errors.NotNow):
        actions.auto_close(ticket=ticket)
    with time_machine.travel("2026-11-09T09:01:00+08:00"):
        close_answered.func()
    ticket.refresh_from_db()
    assert (ticket.state, ticket.satisfied) == (State.CLOSED, None)


def test_sending_back_keeps_the_clock_going(city: City) -> None:
    ticket = replied(city)
    again = actions.send_back(city.dispatcher.actor, ticket=ticket, reason="没有到现场核实")
    assert (again.state, again.due_at, again.replied_at) == (State.HANDLING, ticket.due_at, None)


def test_another_category_brings_its_limits(city: City) -> None:
    urgent = make_category(
        "danger",
        sla=make_sla("urgent", contact_unit="hour", contact_value=2, answer_unit="hour", answer_value=24),
    )
    ticket = actions.reclassify(city.dispatcher.actor, ticket=submitted(city), category=urgent)
    assert ticket.due_at == ticket.submitted_at + timedelta(hours=24)


def test_limits_are_edited_by_dispatchers_for_what_comes(city: City) -> None:
    before = submitted(city)
    limits = Limits(4, "hour", 2, "working_day", 3)
    with pytest.raises(errors.RoleForbids):
        change_sla(city.officer.actor, code="standard", limits=limits)
    change_sla(city.dispatcher.actor, code="standard", limits=limits)
    before.refresh_from_db()
    assert before.due_at is not None
    assert before.due_at.day == 9
    later = submitted(city)
    assert later.due_at is not None
    assert later.due_at.day == 4
    for wrong in (Limits(0, "hour", 2, "day"), Limits(1, "hour", 2, "moon"), Limits(1, "hour", 2, "day", 31)):
        with pytest.raises(errors.RuleWrong):
            change_sla(city.dispatcher.actor, code="standard", limits=wrong)


def test_templates_speak_of_the_ticket(city: City) -> None:
    save_template(
        city.dispatcher.actor, code="done", name="已修复", text="您好，{编号}已由{部门}处理，电话{电话}"
    )
    with pytest.raises(errors.RuleWrong):
        save_template(city.dispatcher.actor, code="bad", name="错的", text="您好，{手机号}请接电话")
    ticket = handling(city)
    [filled] = templates_for(ticket)
    assert filled.text == f"您好，{ticket.number}已由云州市城市管理局处理，电话0999-0101143"
    make_category("other")
    save_template(city.dispatcher.actor, code="x", name="别类", text="只给另一类用的话", category="other")
    assert len(templates_for(ticket)) == 1


def test_lamps_count_in_the_unit_of_the_limit(city: City) -> None:
    hours = make_sla("urgent", contact_unit="hour", contact_value=2, answer_unit="hour", answer_value=24)
    ticket = submitted(city, category=make_category("danger", sla=hours).code)
    shown = {}
    for clock in ("2T09:30", "2T10:30", "2T11:30", "2T12:30"):
        with time_machine.travel(f"2026-11-0{clock}:00+08:00"):
            shown[clock] = light_of(ticket, now(), Workdays.load()).words
    assert list(shown.values()) == ["联系还剩 1 小时", "联系不到 1 小时", "联系刚刚超期", "联系超期 1 小时"]
