"""The demo city's organizations, people, themes and synonyms."""

import re
from collections import Counter
from datetime import date

from zhijian.identity.rules import (
    ADULT_CARE_AGE,
    age_on,
    birth_date,
    clean_name,
    clean_phone,
    id_number_fault,
)
from zhijian.organizations.rules import ADMIN_POSTS, Post, hours_faults

from . import city

TODAY = date(2026, 11, 22)
DEPARTMENTS = {
    "ga", "crj", "jg", "mz", "cl", "rs", "yb", "gjj", "zr", "zj", "sj", "wj", "jt", "cg", "jy", "sf", "sl", "zw",
}  # fmt: skip


def test_departments_are_complete_and_their_credit_codes_right() -> None:
    departments = city.document("organizations.json")["departments"]
    assert set(city.codes(departments)) == DEPARTMENTS
    assert [row["code"] for row in departments if row["is_centre"]] == ["zw"]
    for row in departments:
        assert city.credit_code_is_valid(row["credit_code"]), row["name"]
        assert row["credit_code"][2:8] == "990100"
        assert row["phone"].startswith("0999-0")
    assert len({row["credit_code"] for row in departments}) == len(departments)


def test_regions_form_one_tree_of_unassigned_codes() -> None:
    regions = city.document("organizations.json")["regions"]
    known = set(city.codes(regions))
    assert [row["code"] for row in regions if not row["parent"]] == ["990100"]
    for row in regions:
        assert re.fullmatch(r"9901\d{2}(\d{3})?", row["code"])
        assert row["parent"] in known | {""}
        assert row["name_en"]
    children = Counter(row["parent"] for row in regions)
    districts = [row["code"] for row in regions if row["parent"] == "990100"]
    assert len(districts) == 4
    assert all(children[code] >= 2 for code in districts)


def test_halls_say_where_and_when() -> None:
    halls = city.document("organizations.json")["halls"]
    regions = set(city.codes(city.document("organizations.json")["regions"]))
    assert len(halls) == 7
    for hall in halls:
        assert hall["region"] in regions
        assert hours_faults(hall["hours"]) == []
        assert all(hall[name] for name in ("name_en", "address", "address_en", "phone", "transit"))
        assert -90 < hall["latitude"] < 90
        assert -180 < hall["longitude"] < 180


def test_staff_hold_known_posts_within_a_scope_and_have_no_password() -> None:
    organizations = city.document("organizations.json")
    regions = set(city.codes(organizations["regions"]))
    for person in organizations["staff"]:
        assert set(person) == {"username", "name", "department", "posts"}
        assert clean_name(person["name"])
        assert person["department"] in DEPARTMENTS
        for held in person["posts"]:
            assert held["post"] in Post.values
            assert held.get("department") in DEPARTMENTS or held.get("region") in regions
        posts = {held["post"] for held in person["posts"]}
        assert len(posts) == 1 or not posts & ADMIN_POSTS
    assert len({person["username"] for person in organizations["staff"]}) == len(organizations["staff"])


def test_someone_holds_each_post_of_an_items_and_a_cases_way() -> None:
    holders = Counter(
        (held["post"], held.get("department", held.get("region")))
        for person in city.document("organizations.json")["staff"]
        for held in person["posts"]
    )
    departments = DEPARTMENTS - {"zw"}
    for post in (Post.ITEM_MANAGER, Post.REVIEWER, Post.WINDOW_OFFICER, Post.CASE_OFFICER, Post.APPROVER):
        assert not [code for code in departments if not holders[post, code]], post
    for post in (Post.REVIEWER, Post.SUPERVISOR, Post.OPERATOR, *ADMIN_POSTS):
        assert holders[post, "990100"] == 1, post


def test_who_handles_a_case_does_not_decide_it() -> None:
    for person in city.document("organizations.json")["staff"]:
        posts = {held["post"] for held in person["posts"]}
        assert not {Post.CASE_OFFICER, Post.APPROVER} <= posts, person["username"]


def test_people_are_invented_and_their_numbers_well_formed() -> None:
    people = city.document("people.json")
    assert len(people) == 8
    for person in people:
        assert person["phone"].startswith("1990000")
        assert clean_phone(person["phone"])
        assert clean_name(person["name"])
        assert person["id_number"].startswith("9901")
        assert id_number_fault(person["id_number"], today=TODAY) is None, person["name"]
        born = birth_date(person["id_number"])
        assert born is not None
        assert ADULT_CARE_AGE < age_on(born, TODAY) <= 76
        assert f"{age_on(born, TODAY)}岁" in person["label"]
        assert person["label"].endswith("已实名" if person["real_name"] else "未实名")
    assert len({person["id_number"] for person in people}) == len({person["phone"] for person in people}) == 8


def test_licences_of_people_come_from_known_items_and_types() -> None:
    issued = {
        (spec.code, result.licence_type): spec.department
        for spec in city.items()
        for result in spec.results
        if result.licence_type
    }
    licences = [licence for person in city.document("people.json") for licence in person["licences"]]
    assert len({licence["number"] for licence in licences}) == len(licences)
    for licence in licences:
        assert issued[licence["item_code"], licence["licence_type"]] == licence["department"], licence["name"]
        assert licence["valid_to"] is None or licence["issued_on"] < licence["valid_to"]
        if licence["licence_type"] == "business_licence":
            assert city.credit_code_is_valid(licence["number"])


def test_themes_are_named_in_both_languages_and_used() -> None:
    themes = city.document("themes.json")
    for group, rows in themes.items():
        names = [row["name"] for row in rows]
        assert len(set(names)) == len(names)
        used = {name for spec in city.items() for name in getattr(spec, group)}
        assert not set(names) - used, group
        for row in rows:
            assert row["name_en"].isascii()
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["icon"])


def test_synonyms_lead_to_items() -> None:
    synonyms = city.document("synonyms.json")
    assert len(synonyms) >= 150
    haystack = "\n".join(
        "\n".join([spec.name, spec.short_name, spec.summary, *spec.search_words]) for spec in city.items()
    )
    lost = {word for targets in synonyms.values() for word in targets if word not in haystack}
    assert lost == set()
    assert not [word for word, targets in synonyms.items() if not targets or word in targets]
