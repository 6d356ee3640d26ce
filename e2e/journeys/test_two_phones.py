"""One person, two phones; one phone, two people; a paper in the hand: what was typed is neither lost nor shown to others."""

import io
import re
import subprocess

import httpx
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from support.applicant import Applicant, checked, stranger
from support.axe import overflows, violations
from support.citizen import Citizen
from support.city import City
from support.modes import in_each_mode

ITEM = "990100YB0026000"  # 跨省异地就医备案


def begun(citizen: Citizen, applicant: Applicant) -> str:
    """A draft open at its second page, the first one saved."""
    draft = applicant.begun(ITEM, {"kind": "other"})
    citizen.open(f"pages/case/apply?id={draft}")
    citizen.step("就医的人")
    citizen.tap("职工医保", role="radio")
    citizen.next("就医地和日期")
    return draft


def elsewhere(applicant: Applicant, draft: str, **values: str) -> None:
    """The person's other device saves what it has just read and changed."""
    revision = applicant.case(draft)["revision"]
    body = {"values": values, "page": "", "revision": revision}
    checked(applicant.http.patch(f"/cases/{draft}/form", json=body))


def values(applicant: Applicant, draft: str) -> dict[str, str]:
    return dict(applicant.case(draft)["form"]["values"])


@pytest.mark.parametrize(("choice", "city_kept"), [("这台手机上写的", "望城市"), ("已保存的", "临江市")])
def test_a_form_continued_on_a_second_phone(
    citizen: Citizen, applicant: Applicant, phone: BrowserContext, choice: str, city_kept: str
) -> None:
    draft = begun(citizen, applicant)
    phone.set_offline(True)
    citizen.fill("去哪个市", "望城市")
    citizen.tap("下一步")
    citizen.sees("还没有保存到服务器")
    elsewhere(applicant, draft, city="临江市", province="远山省")
    phone.set_offline(False)
    citizen.page.reload()
    citizen.step("有几项填得不一样")
    expect(citizen.named("有几项填得不一样", role="heading")).to_be_focused()
    assert (violations(citizen.page), overflows(citizen.page)) == ([], False)
    citizen.sees("望城市")
    citizen.sees("临江市")
    assert "远山省" not in citizen.page.get_by_role("main").inner_text()  # nobody changed it here
    citizen.tap("用选好的继续")
    citizen.sees(re.compile("请为“去哪个市”选一个"))
    citizen.tap(re.compile(choice), role="radio")
    citizen.tap("用选好的继续")
    citizen.step("就医地和日期")
    expect(citizen.page.get_by_label("去哪个市")).to_have_value(city_kept)
    expect(citizen.page.get_by_label("去哪个省")).to_have_value("远山省")
    citizen.sees(re.compile("已保存 "))
    assert (values(applicant, draft)["city"], values(applicant, draft)["province"]) == (city_kept, "远山省")
    assert citizen.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('zj:draft:'))") == []


def test_the_question_in_each_mode(citizen: Citizen, applicant: Applicant, phone: BrowserContext) -> None:
    draft = begun(citizen, applicant)
    phone.set_offline(True)
    citizen.fill("去哪个市", "望城市")
    citizen.tap("下一步")
    citizen.sees("还没有保存到服务器")
    elsewhere(applicant, draft, city="临江市")
    phone.set_offline(False)
    for width in (320, 375):
        citizen.page.set_viewport_size({"width": width, "height": 812})
        in_each_mode(
            citizen, f"{citizen.city.app}/#/pages/case/apply?id={draft}", lambda: citizen.sees("望城市")
        )
        citizen.open()
        citizen.page.reload()
        citizen.tap("中文")


def revoke(applicant: Applicant) -> None:
    """From the other device: let this one sign out."""
    checked(applicant.http.delete("/sessions/current"))


def test_a_session_ended_in_the_middle(
    app: Page, city: City, applicant: Applicant, phone: BrowserContext
) -> None:
    """What was typed waits on this phone for the same person, and arrives after logging in again."""
    citizen = Citizen(app, city, applicant.person.phone)
    citizen.carry(applicant.token)
    draft = begun(citizen, applicant)
    revoke(applicant)
    citizen.fill("去哪个市", "望城市")
    citizen.tap("下一步")
    citizen.sees("登录已过期。您写的内容存在这台手机上，登录后接着保存。")
    citizen.page.reload()
    citizen.sees("还没有登录，或者登录已过期。登录后会回到这里。")
    assert "保存" not in citizen.page.get_by_role("main").inner_text()
    citizen.tap("登录", exact=True)
    citizen.page.wait_for_timeout(61_000)  # a second code is not given within a minute
    citizen.log_in()
    citizen.step("就医地和日期")
    expect(citizen.page.get_by_label("去哪个市")).to_have_value("望城市")
    citizen.fill("去哪个省", "远山省")
    citizen.sees(re.compile("已保存 "))
    headers = {"Authorization": f"Bearer {citizen.token}"}
    case = httpx.get(f"{city.app}/api/v1/cases/{draft}", headers=headers).json()
    assert case["form"]["values"]["city"] == "望城市"


def test_another_person_on_the_same_phone_sees_none_of_it(
    app: Page, city: City, applicant: Applicant
) -> None:
    citizen = Citizen(app, city, applicant.person.phone)
    citizen.carry(applicant.token)
    begun(citizen, applicant)
    revoke(applicant)
    citizen.fill("去哪个市", "望城市")
    citizen.tap("下一步")
    citizen.tap("登录", exact=True)
    other = Citizen(app, city, stranger().phone)
    other.log_in()
    other.sees("没有找到这个办件")
    assert app.get_by_text("望城市").count() == 0
    assert "望城市" not in app.evaluate("JSON.stringify(localStorage)")


def test_a_case_handed_in_is_no_form_any_more(citizen: Citizen, applicant: Applicant) -> None:
    case = applicant.submitted()
    citizen.open(f"pages/case/apply?id={case['id']}")
    citizen.page.wait_for_url("**/case/detail**")
    citizen.sees(case["number"])


def first_page(paper: bytes) -> Image.Image:
    drawn = subprocess.run(
        ["pdftoppm", "-r", "200", "-png", "-singlefile", "-"], input=paper, capture_output=True, check=True
    )
    return Image.open(io.BytesIO(drawn.stdout))


def test_the_code_of_a_paper_leads_to_its_case(app: Page, city: City, applicant: Applicant) -> None:
    """Logged out, on another phone; also the code of papers printed before."""
    case = applicant.submitted()
    paper = checked(applicant.http.get(f"/cases/{case['id']}/documents/receipt")).content
    (code,) = zxingcpp.read_barcodes(first_page(paper))
    person = Citizen(app, city, applicant.person.phone)
    for address in (code.text, code.text.replace("case/detail", "case/index")):
        app.goto(address)
        app.wait_for_url(f"**/case/detail?id={case['id']}")
        expect(person.named("登录", exact=True)).to_be_visible()
        assert violations(app) == []
        person.open()
    app.goto(code.text)
    person.tap("登录", exact=True)
    app.evaluate("token => localStorage.setItem('zj:token', JSON.stringify(token))", applicant.token)
    app.goto(code.text)
    app.reload()
    person.sees(case["number"])


def test_an_address_without_a_page(app: Page, city: City) -> None:
    visitor = Citizen(app, city, "")
    for opened_in in ("anew", "the same tab"):
        visitor.open("pages/no-such/page?x=1")
        expect(visitor.named("没有这个页面", role="heading")).to_be_visible()
        assert (violations(app), overflows(app)) == ([], False), opened_in
        visitor.tap("回首页")
        app.wait_for_url("**/#/")


def test_an_address_typed_over_another_of_the_same_page(app: Page, city: City) -> None:
    """Page and title follow; Back and Forward do, too, also among pages opened by tapping."""
    visitor = Citizen(app, city, "")
    first, second = "pages/guide/index?code=990100GA0002000", f"pages/guide/index?code={ITEM}"
    titles = {first: "居住证申领", second: "跨省异地就医备案"}

    def shows(page: str) -> None:
        expect(visitor.named(titles[page], role="heading", exact=False).first).to_be_visible()
        expect(app).to_have_title(re.compile(titles[page]))
        assert app.get_by_text(titles[first if page == second else second], exact=True).count() == 0

    visitor.open(first)
    shows(first)
    visitor.open(second)
    shows(second)
    assert app.evaluate("window.scrollY") == 0
    app.go_back()
    shows(first)
    app.go_forward()
    shows(second)
    app.reload()
    shows(second)
    visitor.open()
    visitor.sees("常用服务")
    visitor.open(first)
    shows(first)
    visitor.open(second)
    shows(second)
    visitor.tap("返回", exact=True)
    shows(first)
    app.go_back()
    visitor.sees("常用服务")
    app.go_back()
    shows(second)
    app.go_back()
    shows(first)


def test_an_invented_code_is_no_licence(app: Page, city: City) -> None:
    visitor = Citizen(app, city, "")
    visitor.open("pages/verify/index?code=FAKE-0000-0000")
    visitor.sees("查无此证。请当心伪造")
    words = app.get_by_role("main").inner_text()
    assert not re.search("真实|有效期|持有人|长期", words)
    assert violations(app) == []
