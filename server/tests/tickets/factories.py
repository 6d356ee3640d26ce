"""Tickets in every state, reached the way people reach them. Usable by other domains' tests."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, HallFactory, RegionFactory, StaffFactory
from PIL import Image

from zhijian.catalog.form_spec import FormSpec
from zhijian.catalog.forms import compile_form
from zhijian.core.actor import SYSTEM
from zhijian.identity.models import Citizen
from zhijian.maps.models import Outline
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Department, Hall, Region, Staff
from zhijian.organizations.rules import Post
from zhijian.tickets import actions
from zhijian.tickets.models import Category, RoutingRule, Sending, SlaRule, Ticket
from zhijian.tickets.rules.states import State
from zhijian.tickets.senders import Sender, sender_of

BODY = "人民公园南门的路灯已经坏了一周，晚上走路看不清，请尽快安排维修。"
REPLY = "您好，路灯线路已于今日修复，感谢您的监督。"


QUESTIONS = {
    "pages": [
        {
            "key": "lamp",
            "title": "路灯",
            "fields": [
                {"name": "number", "type": "text", "label": "灯杆编号", "required": False, "max": 20},
                {
                    "name": "side",
                    "type": "choice",
                    "label": "在路的哪一侧",
                    "options": [{"value": "east", "label": "东侧"}, {"value": "west", "label": "西侧"}],
                },
            ],
        }
    ]
}


@dataclass
class City:
    """A region with a centre that dispatches, a department that handles and one that helps."""

    region: Region
    hall: Hall
    centre: Department
    department: Department
    other: Department
    dispatcher: Staff
    officer: Staff
    colleague: Staff
    helper: Staff
    supervisor: Staff
    category: Category
    citizen: Citizen


def make_city() -> City:
    region = RegionFactory(code="990199", name="试验市")
    centre = DepartmentFactory(
        code="zw", name="云州市政务服务中心", short_name="政务中心", region=region, is_centre=True
    )
    department = DepartmentFactory(
        code="cg", name="云州市城市管理局", short_name="城管局", region=region, phone="0999-0101143"
    )
    other = DepartmentFactory(code="jt", name="云州市交通运输局", short_name="交通局", region=region)
    hall = HallFactory(code="city", region=region, latitude=31.05, longitude=112.31)
    return City(
        region=region,
        hall=hall,
        centre=centre,
        department=department,
        other=other,
        dispatcher=regional(Post.TICKET_DISPATCHER, centre, region),
        officer=StaffFactory(department=department, posts=[Post.TICKET_OFFICER]),
        colleague=StaffFactory(department=department, posts=[Post.TICKET_OFFICER]),
        helper=StaffFactory(department=other, posts=[Post.TICKET_OFFICER]),
        supervisor=regional(Post.SUPERVISOR, centre, region),
        category=make_category(),
        citizen=CitizenFactory(real_named=True),
    )


def regional(post: Post, department: Department, region: Region) -> Staff:
    staff: Staff = StaffFactory(department=department)
    grant_post(SYSTEM, staff=staff, post=post, region=region)
    return staff


def make_sla(code: str = "standard", **fields: Any) -> SlaRule:
    values = {
        "name": "一般诉求",
        "contact_value": 1,
        "contact_unit": "working_day",
        "answer_value": 5,
        "answer_unit": "working_day",
        "extension_days": 5,
    }
    return SlaRule.objects.get_or_create(code=code, defaults=values | fields)[0]


def make_category(code: str = "lamps", **fields: Any) -> Category:
    values: dict[str, Any] = {"kind": "report", "name": "路灯照明", "sla": make_sla(), "public_default": True}
    return Category.objects.create(code=code, **(values | fields))


def with_questions(code: str = "asking", **fields: Any) -> Category:
    """Asks for a lamp's number and which side it stands on."""
    spec = FormSpec.model_validate(QUESTIONS)
    return make_category(code, questions=spec.model_dump(mode="json"), form=compile_form(spec), **fields)


def make_rule(department: Department, position: int = 1, **fields: Any) -> RoutingRule:
    values: dict[str, Any] = {"name": f"规则{position}"}
    return RoutingRule.objects.create(position=position, department=department, **(values | fields))


def outlined(region: Region, *, south: float, west: float, side: float) -> None:
    north, east = south + side, west + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    Outline.objects.create(region=region, polygons=[[ring]], south=south, west=west, north=north, east=east)


def picture(colour: str = "red", size: tuple[int, int] = (32, 32)) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG")
    return SimpleUploadedFile("照片.jpg", content.getvalue(), "image/jpeg")


def sender(citizen: Citizen | None = None, device: str = "phone-1", address: str = "10.0.0.1") -> Sender:
    return sender_of(citizen, device=device, address=address)


def draft(city: City, **fields: Any) -> actions.Draft:
    values: dict[str, Any] = {
        "category": city.category.code,
        "title": "路灯坏了",
        "body": BODY,
        "share_consent": True,
    }
    return actions.Draft(**(values | fields))


def submitted(city: City, **fields: Any) -> Ticket:
    Sending.objects.all().delete()  # tests of limits send for themselves
    body = f"{BODY}第{Ticket.objects.count() + 1}处"
    return actions.submit(sender=sender(city.citizen), draft=draft(city, **({"body": body} | fields))).ticket


def anonymous(city: City, **fields: Any) -> tuple[Ticket, str]:
    Sending.objects.all().delete()
    sent = actions.submit(sender=sender(), draft=draft(city, **fields))
    return sent.ticket, sent.receipt


def dispatched(city: City, **fields: Any) -> Ticket:
    return actions.dispatch(
        city.dispatcher.actor, ticket=submitted(city, **fields), department=city.department
    )


def handling(city: City, **fields: Any) -> Ticket:
    return actions.accept(city.officer.actor, ticket=dispatched(city, **fields))


def asking(city: City, **fields: Any) -> Ticket:
    return actions.ask_more(city.officer.actor, ticket=handling(city, **fields), question="请补充灯杆编号")


def replied(city: City, **fields: Any) -> Ticket:
    return actions.reply(city.officer.actor, ticket=handling(city, **fields), text=REPLY)


def closed(city: City, **fields: Any) -> Ticket:
    return actions.call_back(
        city.dispatcher.actor,
        ticket=replied(city, **fields),
        note="已电话回访",
        resolved=True,
    )


def refused(city: City, **fields: Any) -> Ticket:
    return actions.refuse(
        city.dispatcher.actor,
        ticket=submitted(city, **fields),
        reason="不属于政府职责",
        elsewhere="向物业公司反映",
    )


def withdrawn(city: City, **fields: Any) -> Ticket:
    return actions.withdraw(city.citizen.actor, ticket=submitted(city, **fields), reason="已经好了")


def merged(city: City, **fields: Any) -> Ticket:
    main = submitted(city)
    return actions.merge(
        city.dispatcher.actor, ticket=submitted(city, **fields), into=main, reason="同一处路灯"
    )


def split(city: City, **fields: Any) -> Ticket:
    parts = [
        actions.Part(city.department, city.category, "维修损坏的路灯"),
        actions.Part(city.other, city.category, "公交站牌被撞歪"),
    ]
    return actions.split(city.dispatcher.actor, ticket=submitted(city, **fields), parts=parts)


IN_STATE: dict[State, Callable[..., Ticket]] = {
    State.SUBMITTED: submitted,
    State.DISPATCHED: dispatched,
    State.HANDLING: handling,
    State.SUPPLEMENT: asking,
    State.REPLIED: replied,
    State.SPLIT: split,
    State.CLOSED: closed,
    State.REFUSED: refused,
    State.WITHDRAWN: withdrawn,
    State.MERGED: merged,
}


def published(city: City, ticket: Ticket | None = None, **fields: Any) -> Ticket:
    """A closed ticket (or ``ticket``) whose text is public."""
    ticket = ticket or closed(city)
    values: dict[str, Any] = {
        "title": "路灯不亮",
        "question": "公园南门路灯不亮",
        "answer": "已修复",
        "knowledge": True,
    }
    text = actions.PublicText(**(values | fields))
    actions.prepare(city.officer.actor, ticket=ticket, text=text)
    actions.publish(city.dispatcher.actor, ticket=ticket)
    ticket.refresh_from_db()
    return ticket
