"""The console's item screens over HTTP: what each post sees and may do, all in Chinese."""

import re
from io import BytesIO
from typing import Any

import pytest
from catalog.factories import make_city, make_published, make_spec, make_staff
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from organizations.factories import DepartmentFactory
from support.rows import newest

from zhijian.audit.models import AuditEntry
from zhijian.catalog import actions
from zhijian.catalog.actions import ITEMS
from zhijian.catalog.models import ItemVersion, ServiceItem
from zhijian.catalog.workbook import write_workbook
from zhijian.core.actor import SYSTEM
from zhijian.editorial.queries import state_of
from zhijian.editorial.rules import State
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db

EDIT = "catalog_items:edit"


@pytest.fixture
def people() -> dict[str, Staff]:
    police, other = make_city(), DepartmentFactory(code="mz")
    centre = DepartmentFactory(code="zw", is_centre=True)
    return {
        "manager": make_staff(Post.ITEM_MANAGER, police),
        "reviewer": make_staff(Post.REVIEWER, police),
        "centre": make_staff(Post.REVIEWER, centre),
        "other": make_staff(Post.ITEM_MANAGER, other),
        "case_officer": make_staff(Post.CASE_OFFICER, police),
    }


def _as(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client


def _posted(client: Client, url: str) -> dict[str, Any]:
    """The values that the browser would send back for the form at ``url``, unchanged."""
    from bs4 import BeautifulSoup

    response = client.get(url)
    assert response.status_code == 200, response
    form = BeautifulSoup(response.content, "html.parser").find(
        "form", attrs={"id": "w-editor-form"}
    ) or BeautifulSoup(response.content, "html.parser").find("form", method=re.compile("post", re.I))
    values: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):  # type: ignore[union-attr]
        name = field.get("name")
        if not name or (field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            value = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            value = field.text.removeprefix("\n")
        else:
            value = field.get("value", "on" if field.get("type") == "checkbox" else "")
        values.setdefault(name, []).append(value)
    return values


def test_the_list_shows_the_own_departments_items(people: dict[str, Staff]) -> None:
    make_published()
    page = _as(people["manager"]).get(reverse("catalog_items:list")).content.decode()
    assert "居住证申领" in page
    assert "已发布" in page
    assert "居住证申领" not in _as(people["other"]).get(reverse("catalog_items:list")).content.decode()
    assert "居住证申领" in _as(people["centre"]).get(reverse("catalog_items:list")).content.decode()


def test_the_list_needs_the_same_queries_for_one_item_and_for_many(
    people: dict[str, Staff], django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_published(code=str(number), name=f"事项{number}")
    client = _as(people["manager"])
    client.get(reverse("catalog_items:list"))
    with django_assert_max_num_queries(16):
        client.get(reverse("catalog_items:list"))


@pytest.mark.parametrize("state", ["reviewing", "rejected", "scheduled", "draft", "published", "withdrawn"])
def test_the_list_filters_by_state(people: dict[str, Staff], state: str) -> None:
    make_published()
    page = _as(people["manager"]).get(reverse("catalog_items:list"), {"state": state})
    assert page.status_code == 200
    assert ("居住证申领" in page.content.decode()) == (state == "published")


def test_the_form_gives_back_what_it_was_given(people: dict[str, Staff]) -> None:
    from zhijian.catalog import authoring

    item = actions.save_draft(SYSTEM, spec=make_spec())
    client = _as(people["manager"])
    url = reverse(EDIT, args=[item.pk])
    response = client.post(url, _posted(client, url) | {"summary": "改过的说明。"})
    assert response.status_code == 302, response.content.decode()[:3000]
    draft = ServiceItem.objects.get(pk=item.pk).get_latest_revision_as_object()
    assert authoring.to_spec(draft) == make_spec(summary="改过的说明。")


def test_a_new_item_is_drafted_with_little_and_submitted_only_when_whole(people: dict[str, Staff]) -> None:
    client = _as(people["manager"])
    url = reverse("catalog_items:add")
    values = _posted(client, url)
    values |= {"name": "新事项", "code": "77", "department": people["manager"].department_id}
    saved = client.post(url, values)
    assert saved.status_code == 302, saved.context_data["form"].errors
    item = ServiceItem.objects.get(code="77")
    edit = reverse(EDIT, args=[item.pk])
    refused = client.post(edit, _posted(client, edit) | {"action-submit": "1"})
    assert refused.status_code == 200
    assert state_of(item) == State.DRAFT


def test_what_our_rules_refuse_comes_back_as_words_on_the_form(people: dict[str, Staff]) -> None:
    item = actions.save_draft(SYSTEM, spec=make_spec(charged=True))
    client, edit = _as(people["manager"]), reverse(EDIT, args=[item.pk])
    refused = client.post(edit, _posted(client, edit) | {"action-submit": "1"})
    assert refused.status_code == 200
    assert "事项内容需要修改后才能继续" in refused.content.decode()
    assert state_of(item) == State.DRAFT


def test_from_the_form_to_citizens_by_two_reviews(people: dict[str, Staff]) -> None:
    item = actions.save_draft(SYSTEM, spec=make_spec())
    client, edit = _as(people["manager"]), reverse(EDIT, args=[item.pk])
    assert client.post(edit, _posted(client, edit) | {"action-submit": "1"}).status_code == 302
    assert state_of(item) == State.DEPARTMENT_REVIEW
    review = reverse("catalog_review", args=[item.pk])
    for who in ("reviewer", "centre"):
        page = _as(people[who]).get(reverse("catalog_reviews")).content.decode()
        assert item.name in page
        assert "审核通过" in _as(people[who]).get(review).content.decode()
        assert _as(people[who]).post(review, {"seen": newest(item), "do": "approve"}).status_code == 302
    assert ItemVersion.objects.get().number == 1


def test_sending_back_needs_a_reason(people: dict[str, Staff]) -> None:
    item = actions.save_draft(people["manager"].actor, spec=make_spec())
    ITEMS.submit(people["manager"].actor, item)
    client, review = _as(people["reviewer"]), reverse("catalog_review", args=[item.pk])
    refused = client.post(review, {"seen": newest(item), "do": "reject", "comment": ""})
    assert refused.status_code == 422
    assert "请填写退回原因" in refused.content.decode()
    assert (
        client.post(review, {"seen": newest(item), "do": "reject", "comment": "依据不全"}).status_code == 302
    )
    assert state_of(item) == State.REJECTED


def test_the_review_shows_what_changes(people: dict[str, Staff]) -> None:
    item = make_published().item
    actions.save_draft(people["manager"].actor, spec=make_spec(enquiry="0999-0101999"))
    ITEMS.submit(people["manager"].actor, item)
    page = _as(people["reviewer"]).get(reverse("catalog_review", args=[item.pk])).content.decode()
    assert "0999-0101000" in page
    assert "0999-0101999" in page
    assert "与第 1 版相比的修改" in page


PAGES = ["edit", "history", "workflow_history"]


@pytest.mark.parametrize("name", [*PAGES, "delete", "unpublish", "lock", "usage"])
def test_another_departments_item_does_not_exist(people: dict[str, Staff], name: str) -> None:
    item = make_published().item
    assert _as(people["other"]).get(reverse(f"catalog_items:{name}", args=[item.pk])).status_code == 404


@pytest.mark.parametrize("name", ["delete", "unpublish"])
@pytest.mark.parametrize("who", ["manager", "reviewer", "centre"])
def test_nobody_deletes_or_unpublishes_around_our_actions(
    people: dict[str, Staff], name: str, who: str
) -> None:
    item = make_published().item
    response = _as(people[who]).post(reverse(f"catalog_items:{name}", args=[item.pk]))
    assert response.status_code in {302, 403}
    assert ServiceItem.objects.get(pk=item.pk).live


@pytest.mark.parametrize("button", ["action-publish", "action-submit", ""])
def test_a_reviewer_reads_the_form_but_saves_nothing(people: dict[str, Staff], button: str) -> None:
    item = make_published().item
    client, edit = _as(people["reviewer"]), reverse(EDIT, args=[item.pk])
    values = _posted(client, edit) | {"summary": "审核员改的。"}
    client.post(edit, values | ({button: "1"} if button else {}))
    row = ServiceItem.objects.get(pk=item.pk)
    assert (row.summary, row.has_unpublished_changes) == (make_spec().summary, False)
    assert ItemVersion.objects.count() == 1


def test_a_manager_cannot_publish_by_the_form(people: dict[str, Staff]) -> None:
    item = actions.save_draft(SYSTEM, spec=make_spec())
    client, edit = _as(people["manager"]), reverse(EDIT, args=[item.pk])
    client.post(edit, _posted(client, edit) | {"action-publish": "1"})
    assert not ItemVersion.objects.exists()


def test_withdrawal_asks_for_a_reason(people: dict[str, Staff]) -> None:
    item = make_published().item
    client, url = _as(people["manager"]), reverse("catalog_withdraw", args=[item.pk])
    assert "停用原因" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "政策调整"}).status_code == 302
    assert not ServiceItem.objects.get(pk=item.pk).live


def test_others_are_kept_out(people: dict[str, Staff]) -> None:
    item = make_published().item
    outsider = _as(people["case_officer"])
    for url in (
        reverse("catalog_reviews"),
        reverse("catalog_workbook"),
        reverse("catalog_withdraw", args=[item.pk]),
    ):
        assert outsider.get(url).status_code == 403
        assert Client().get(url).status_code == 302


def test_a_workbook_goes_out_and_comes_back(people: dict[str, Staff]) -> None:
    make_published()
    client = _as(people["manager"])
    content = client.get(reverse("catalog_workbook_xlsx")).content
    assert load_workbook(BytesIO(content)).sheetnames[0] == "事项"
    upload = SimpleUploadedFile("事项.xlsx", write_workbook([make_spec(summary="导入的。")]))
    assert client.post(reverse("catalog_workbook"), {"file": upload}).status_code == 302
    assert ServiceItem.objects.get().get_latest_revision_as_object().summary == "导入的。"


def test_a_faulty_workbook_is_answered_with_cells_and_reasons(people: dict[str, Staff]) -> None:
    book = load_workbook(BytesIO(write_workbook([make_spec()])))
    book["事项"]["H2"] = "放行"
    stream = BytesIO()
    book.save(stream)
    upload = SimpleUploadedFile("事项.xlsx", stream.getvalue())
    page = _as(people["manager"]).post(reverse("catalog_workbook"), {"file": upload})
    assert page.status_code == 422
    assert "事项!H2" in page.content.decode()
    assert not ServiceItem.objects.exists()


ENGLISH = re.compile(r"[A-Za-z]{3,}")
KNOWN = re.compile(
    r"JSON|json|group|show_if|xlsx|XLSX|[a-z0-9]*_[a-z0-9_]+|Residence permit|Yunzhou.*|name|MB|JavaScript"
    r"|prefill|citizen\.[a-z_]+|phone"
)


def _english(html: bytes) -> set[str]:
    """Visible texts and labels with English words in them."""
    from bs4 import BeautifulSoup, Comment, Doctype

    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup(["script", "style", "template", "textarea", "svg", "code"]):
        hidden.decompose()
    texts = [text for text in soup.find_all(string=True) if not isinstance(text, Comment | Doctype)]
    for element in soup.find_all(True):
        texts += [
            element.get(name) for name in ("aria-label", "title", "placeholder", "alt") if element.get(name)
        ]
    return {text.strip() for text in texts if ENGLISH.search(KNOWN.sub("", str(text)))}


def test_staff_see_no_english(people: dict[str, Staff]) -> None:
    item = make_published().item
    actions.save_draft(people["manager"].actor, spec=make_spec(summary="二稿。"))
    client = _as(people["manager"])
    first, last = item.revisions.order_by("pk").first(), item.revisions.order_by("pk").last()
    urls = [
        reverse("catalog_items:list"),
        reverse("catalog_items:add"),
        reverse("catalog_items:revisions_compare", args=[item.pk, first.pk, last.pk]),
        *(reverse(f"catalog_items:{name}", args=[item.pk]) for name in PAGES),
        reverse("catalog_workbook"),
        reverse("catalog_withdraw", args=[item.pk]),
    ]
    found = {url: english for url in urls if (english := _english(client.get(url).content))}
    assert found == {}


def test_what_waits_for_its_day_has_a_button_that_takes_it_back(people: dict[str, Staff]) -> None:
    item = actions.save_draft(people["manager"].actor, spec=make_spec(effective_from="2100-01-01"))
    ITEMS.submit(people["manager"].actor, item)
    url, edit = reverse("catalog_take_back", args=[item.pk]), reverse(EDIT, args=[item.pk])
    client = _as(people["manager"])
    assert "不能取消" in client.get(url).content.decode()
    for who in ("reviewer", "centre"):
        ITEMS.approve(people[who].actor, item)
        shown = url in client.get(edit).content.decode()
        assert shown is (who == "centre")
    assert "取消待发布" in client.get(url).content.decode()
    assert _as(people["other"]).post(url).status_code == 404
    assert client.post(url).status_code == 302
    assert state_of(ServiceItem.objects.get(pk=item.pk)) == State.DRAFT
    assert client.post(url).status_code == 409


def test_reaching_for_another_departments_text_is_written_down(people: dict[str, Staff]) -> None:
    item = make_published().item
    client = _as(people["other"])
    for address in ("catalog_items:edit", "catalog_review", "catalog_take_back"):
        assert client.get(reverse(address, args=[item.pk])).status_code == 404
    found = AuditEntry.objects.filter(action="item.out_of_scope").values_list("subject", "outcome")
    assert list(found) == [(f"item:{item.pk}", "refused")] * 3
