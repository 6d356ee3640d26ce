"""The administrator's page, and who is told what on 今日工作."""

from datetime import date

import pytest
from calendars.factories import administrator, enter
from calendars.test_notice import WHOLE
from cases import factories as made
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from organizations.factories import StaffFactory

from zhijian.calendars import queries
from zhijian.calendars.rules.notice import read_notice
from zhijian.cases import actions as case_actions
from zhijian.core.models import CalendarYear
from zhijian.core.workdays import Workdays
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
PAGE = "/console/calendar/2027/"
NOTICE = read_notice(WHOLE).plan


@pytest.fixture
def world() -> made.World:
    return made.make_world()


@pytest.fixture
def admin(world: made.World) -> Client:
    client = Client()
    client.force_login(administrator())
    return client


def sent(step: str, **values: str) -> dict[str, str]:
    lines = "\n".join(
        f"{day.date.isoformat()},{'班' if day.working else '休'},{day.name}" for day in NOTICE.days
    )
    typed = {
        "title": NOTICE.source.title,
        "document_number": NOTICE.source.document_number,
        "issued_on": "2026-11-04",
        "url": "",
        "days": lines,
    }
    return typed | {"step": step} | values


@pytest.mark.parametrize("post", list(Post))
def test_who_opens_it(world: made.World, post: Post) -> None:
    client = Client()
    client.force_login(StaffFactory(department=world.office.department, posts=[post]))
    for page in ("/console/calendar/", PAGE):
        assert client.get(page).status_code == (200 if post == Post.SYSTEM_ADMIN else 403)
        assert client.post(PAGE, sent("apply", typed_year="2027", seen="1")).status_code == 403
    assert queries.version_number(2027) == 1


def test_from_the_notice_to_the_new_date(world: made.World, admin: Client) -> None:
    page = admin.post(PAGE, {"step": "read", "text": WHOLE})
    assert page.status_code == 200
    assert "2027-02-14,班,春节" in page.content.decode()
    assert queries.version_number(2027) == 1
    page = admin.post(PAGE, sent("check"))
    assert "还没有生效" in page.content.decode()
    assert queries.version_number(2027) == 1
    page = admin.post(PAGE, sent("apply", typed_year="2028", seen="1"))
    assert page.status_code == 422
    assert "请输入年度 2027 以确认" in page.content.decode()
    page = admin.post(PAGE, sent("apply", typed_year="２０２７", seen="1"), follow=True)
    assert "2027年的工作日历已生效" in page.content.decode()
    assert Workdays.load().is_working(date(2027, 2, 14))
    page = admin.post(PAGE, sent("apply", typed_year="2027", seen="1", title="国务院办公厅通知"))
    assert page.status_code == 409


def test_what_was_typed_comes_back(admin: Client) -> None:
    page = admin.post(PAGE, sent("check", days="2027-02-15,班,春节\n2027-02-05,休,除夕", title="一份通知"))
    said = page.content.decode()
    assert page.status_code == 422
    assert "本来就是工作日" in said
    assert "2027-02-15,班,春节" in said
    assert 'value="一份通知"' in said
    page = admin.post(PAGE, sent("check", days="二月五日,休"))
    assert "没有读懂日期" in page.content.decode()
    assert "二月五日,休" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00\x01\xff", "这个文件不是文本"),
        (b"", "请粘贴通知全文"),
        (b"2027-02-05,x", "请写“休”或“班”"),
    ],
)
def test_files_that_cannot_be_read(admin: Client, content: bytes, words: str) -> None:
    file = SimpleUploadedFile("calendar.csv", content)
    page = admin.post(PAGE, {"step": "read", "file": file})
    assert page.status_code == 422
    assert words in page.content.decode()


def test_a_file_is_read(admin: Client) -> None:
    file = SimpleUploadedFile("calendar.csv", "2027-02-05,休,除夕".encode("gbk"))
    page = admin.post(PAGE, {"step": "read", "file": file, "title": "已填的名称"})
    assert 'value="已填的名称"' in page.content.decode()
    assert "2027-02-05,休,除夕" in page.content.decode()


def test_the_library_is_taken_in_one_act(admin: Client) -> None:
    CalendarYear.objects.filter(year=2026).update(provisional=True)
    page = "/console/calendar/2026/"
    assert "读入软件自带的安排" in admin.get(page).content.decode()
    assert "2026-10-01" in admin.post(page, {"step": "library"}).content.decode()


def test_strange_years_are_not_there(admin: Client) -> None:
    assert admin.get("/console/calendar/1890/").status_code == 404
    assert admin.get("/console/calendar/2090/").status_code == 404
    assert admin.get("/console/calendar/2029/").status_code == 200


def test_today_tells_the_administrator_until_the_year_is_official(admin: Client) -> None:
    page = admin.get("/console/").content.decode()
    assert "2027年的工作日历是暂定的" in page
    assert PAGE in page
    enter(NOTICE)
    assert "暂定" not in admin.get("/console/").content.decode()


def test_today_tells_an_officer_whose_dates_may_move(world: made.World) -> None:
    import time_machine

    client = Client()
    officer = world.office.officer
    client.force_login(officer)
    assert "放假安排还没有正式录入" not in client.get("/console/").content.decode()
    with time_machine.travel("2026-12-29T09:00:00+08:00"):
        case = made.accepted_case(world)
        case_actions.claim(officer.actor, case=case)
        client.force_login(officer)
        page = client.get("/console/").content.decode()
        assert "您名下有1件办件的期限落在2027年" in page
        enter(NOTICE)
        assert "放假安排还没有正式录入" not in client.get("/console/").content.decode()
