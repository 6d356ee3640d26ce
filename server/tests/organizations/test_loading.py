"""Loading a city: whole, again, or not at all."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from zhijian.core.actor import SYSTEM
from zhijian.organizations import errors, loading
from zhijian.organizations.models import Department, Hall, PostHolding, Region, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db

CITY: dict[str, Any] = {
    "regions": [
        {"code": "990102001", "name": "镜台街道", "parent": "990102"},
        {"code": "990102", "name": "澄湖区", "parent": "990100"},
        {"code": "990100", "name": "云州市", "parent": ""},
    ],
    "departments": [
        {"code": "ga", "name": "云州市公安局", "short_name": "公安局", "region": "990100"},
    ],
    "halls": [
        {
            "code": "city",
            "name": "云州市市民之家",
            "region": "990102",
            "address": "市民大道1号",
            "latitude": 31.05,
            "longitude": 112.31,
            "hours": [{"days": "1-5", "from": "09:00", "to": "12:00"}],
        }
    ],
    "staff": [
        {
            "username": "ga_case1",
            "name": "试验员",
            "department": "ga",
            "posts": [{"post": "case_officer", "department": "ga"}, {"post": "editor", "region": "990100"}],
        }
    ],
}


def test_a_city_is_loaded_whole() -> None:
    assert loading.load_organizations(SYSTEM, CITY) == {
        "regions": 3,
        "departments": 1,
        "halls": 1,
        "staff": 1,
    }
    assert Region.objects.get(code="990102001").parent.parent.name == "云州市"
    assert Hall.objects.get().region.code == "990102"
    staff = Staff.objects.get()
    assert holds(staff, Post.CASE_OFFICER, department=Department.objects.get())
    assert holds(staff, Post.EDITOR, department=Department.objects.get())
    assert not staff.has_usable_password()


def test_loading_again_updates_and_keeps() -> None:
    loading.load_organizations(SYSTEM, CITY)
    staff = Staff.objects.get()
    staff.set_password("changed-by-the-person")
    staff.save()
    again = deepcopy(CITY)
    again["departments"][0]["phone"] = "0999-0101000"
    loading.load_organizations(SYSTEM, again)
    staff.refresh_from_db()
    assert Department.objects.get().phone == "0999-0101000"
    assert staff.check_password("changed-by-the-person")
    assert PostHolding.objects.count() == 2


@pytest.mark.parametrize(
    ("where", "value", "path"),
    [
        (("departments", 0, "region"), "999999", "/departments/0/region"),
        (("halls", 0, "region"), "", "/halls/0/region"),
        (("staff", 0, "department"), "nowhere", "/staff/0/department"),
        (("staff", 0, "posts", 0, "department"), "nowhere", "/staff/0/posts/0/department"),
        (("staff", 0, "posts", 0, "post"), "king", "/staff/0/posts/0/post"),
        (("regions", 0, "parent"), "123456", "/regions/0/parent"),
        (("regions", 0, "code"), "区", "/regions/0/code"),
        (("halls", 0, "latitude"), 123, "/halls/0/latitude"),
        (("halls", 0, "hours"), [{"days": "8"}], "/halls/0/hours/0"),
        (("departments", 0, "surprise"), "x", "/departments/0/surprise"),
    ],
)
def test_a_fault_is_named_and_nothing_is_loaded(where: tuple[Any, ...], value: Any, path: str) -> None:
    data = deepcopy(CITY)
    place = data
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    with pytest.raises(errors.DataWrong) as refusal:
        loading.load_organizations(SYSTEM, data)
    assert [fault.path for fault in refusal.value.fields] == [path]
    assert not Region.objects.exists()


def test_posts_that_exclude_each_other_undo_the_load() -> None:
    data = deepcopy(CITY)
    data["staff"][0]["posts"] = [
        {"post": "audit_admin", "region": "990100"},
        {"post": "editor", "region": "990100"},
    ]
    with pytest.raises(errors.PostsExclude):
        loading.load_organizations(SYSTEM, data)
    assert not Staff.objects.exists()


def test_demo_password_opens_the_demo_only(settings: Settings) -> None:
    loading.load_organizations(SYSTEM, CITY)
    settings.DEMO = False
    with pytest.raises(errors.NotDemo):
        loading.give_demo_passwords(SYSTEM, usernames=["ga_case1"])
    assert not Staff.objects.get().has_usable_password()
    settings.DEMO = True
    assert loading.give_demo_passwords(SYSTEM, usernames=["ga_case1"]) == 1
    assert Staff.objects.get().check_password(loading.DEMO_PASSWORD)
    assert loading.give_demo_passwords(SYSTEM, usernames=["ga_case1"]) == 0, "a password of one's own stays"


@pytest.fixture
def city_file(tmp_path: Path) -> Path:
    path = tmp_path / "organizations.json"
    path.write_text(json.dumps(CITY), encoding="utf-8")
    return path


def test_the_command_loads_and_names_faults(city_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_organizations", city_file)
    assert "3 regions, 1 departments" in capsys.readouterr().out
    broken = json.loads(city_file.read_text())
    broken["halls"][0]["region"] = "000000"
    city_file.write_text(json.dumps(broken))
    with pytest.raises(CommandError, match="/halls/0/region"):
        call_command("load_organizations", city_file)


def test_the_command_gives_demo_passwords(city_file: Path, settings: Settings) -> None:
    settings.DEMO = True
    settings.AUTHENTICATION_BACKENDS = ["zhijian.organizations.backends.StaffBackend"]
    call_command("load_organizations", city_file, "--demo-passwords")
    assert authenticate(username="ga_case1", password=loading.DEMO_PASSWORD) == Staff.objects.get()


def test_the_demo_city_is_sound() -> None:
    data = json.loads((django_settings.DEMO_ROOT / "organizations.json").read_text(encoding="utf-8"))
    counts = loading.load_organizations(SYSTEM, data)
    assert counts["staff"] == Staff.objects.count() > 20
    assert {holding.post for holding in PostHolding.objects.all()} == set(Post.values)
