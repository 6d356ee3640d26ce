"""The compiled packages, clicked through from the home page to the case number, over real HTTP."""

import json
import re
import urllib.request

import pytest
from support.applicant import Person, invented
from support.city import City

from miniprogram.phone import SOON, TARGETS, MiniProgram, Start

PERSONS = {target: invented(7100 + index) for index, target in enumerate(TARGETS)}
NUMBER = re.compile(r"办件编号\s*(YZ\w+)")
LITERAL = re.compile(r"\{\w+\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.mark.parametrize("target", TARGETS)
def test_search_guide_submit(target: str, start: Start, city: City) -> None:
    app, person = start(target), PERSONS[target]
    find_guide(app)
    app.choose("在这里居住")
    app.choose("租的房子")
    app.choose("第一次办")
    app.sees("需要的材料（3）")
    app.press("在线办理")
    log_in(app, person, city)
    prove_name(app, person)
    fill_in(app)
    upload(app)
    deliver_and_submit(app)
    app.sees("申请已提交")
    assert NUMBER.search(app.words()), app.words()
    open_receipt(app)
    app.press("查看进度")
    app.sees("办理经过")
    visit_all(app)


@pytest.mark.parametrize("target", TARGETS)
def test_the_vendor_knows_every_component_and_page(target: str, start: Start) -> None:
    app = start(target)
    app.sees("常用服务")
    seen = set(app.page.evaluate("survey()"))
    assert seen.issuperset(app.page.evaluate("pages"))
    visit_all(app)


@pytest.mark.parametrize("target", TARGETS)
def test_words_are_filled_in_and_follow_the_language(target: str, start: Start) -> None:
    app = start(target)
    app.sees("常用服务")
    app.tab("办事")
    app.sees("按部门找")
    assert re.search(r"\d+ 项", app.words())
    assert not LITERAL.search(app.words())
    app.tab("首页")
    app.press("English")
    app.sees("Frequent services")
    app.is_titled("Home")
    assert not LITERAL.search(app.words())
    tabs = app.page.get_by_role("tab").all_inner_texts()
    assert not CHINESE.search("".join(tabs)), tabs


@pytest.mark.parametrize("target", TARGETS)
def test_language_chosen_below_other_pages_renames_only_its_own(target: str, start: Start) -> None:
    """The settings lie above the tabs: their titles and the tab bar must follow when one comes back."""
    app = start(target)
    app.tab("我的")
    app.follow("设置")
    app.is_titled("设置")
    app.choose("English")
    app.is_titled("Settings")
    app.back()
    app.is_titled("Me")
    tabs = app.page.get_by_role("tab").all_inner_texts()
    assert not CHINESE.search("".join(tabs)), tabs
    app.page.reload()
    app.sees("Frequent services")


@pytest.mark.parametrize("target", TARGETS)
def test_refusals_reach_the_person(target: str, start: Start) -> None:
    """Alipay hands a 4xx over as a failed call: its words must come through all the same."""
    app = start(target)
    app.tab("我的")
    app.press("登录")
    app.fill("手机号", PERSONS[target].phone)
    app.fill("验证码", "000000")
    app.press("登录")
    app.sees("验证码不正确")


@pytest.mark.parametrize("target", TARGETS)
def test_policies_and_consultations_are_read(target: str, start: Start) -> None:
    """A link in an article's text leads on, and a report shows what became of comments."""
    app = start(target)
    app.follow("全部政策和信息")
    app.is_titled("政策和信息")
    app.follow("一图看懂：新版居住证管理办法")
    app.sees("四步办好居住证")
    app.follow("居住证申领")
    app.is_titled("居住证申领")
    app.visit("pages/consultation/list")
    app.tab("已结束")
    app.follow("夜间开放时间调整方案")
    app.sees("各组意见和答复")
    app.sees("您赞成延长夜间开放吗")


def visit_all(app: MiniProgram) -> None:
    """No page may need what it was not given: links are shared, and sessions end."""
    for path in app.page.evaluate("pages"):
        app.visit(path)
    app.page.wait_for_load_state("networkidle")
    assert not LITERAL.search(app.words())


def find_guide(app: MiniProgram) -> None:
    app.follow("办居住证")
    app.fill("您想办什么", "居住证")
    app.press("搜索")
    app.sees("找到")
    app.follow("居住证申领")
    app.is_titled("居住证申领")


def log_in(app: MiniProgram, person: Person, city: City) -> None:
    app.fill("手机号", person.phone)
    app.press("获取验证码")
    app.sees("验证码已发送")
    with urllib.request.urlopen(f"{city.sandbox}/messages?phone={person.phone}", timeout=10) as answer:
        code = next(m["params"]["code"] for m in json.load(answer) if "code" in m["params"])
    app.fill("验证码", code)
    app.press("登录")


def prove_name(app: MiniProgram, person: Person) -> None:
    app.is_titled("实名认证")
    app.fill("姓名", person.name)
    app.fill("身份证号码", person.id_number)
    app.press("开始认证")


def fill_in(app: MiniProgram) -> None:
    app.sees("已为您填好")
    app.fill("民族", "汉族")
    app.fill("户籍地址", "远山省青川市白石镇梧桐街12号")
    app.press("下一步")
    app.fill("居住地址", "云州市澄湖区望湖路88号3幢502室")
    app.pick_day("开始居住日期", "2026-01-15")
    app.choose("请社区民警上门核对")
    app.press("下一步")
    app.press("下一步")
    app.sees("有 1 处需要修改")
    app.is_led_to("请先勾选", "我确认以上信息")
    app.choose("我确认以上信息")
    app.press("下一步")


def upload(app: MiniProgram) -> None:
    app.sees("可以上传图片")
    for given, material in enumerate(["居民身份证", "本人近期免冠照片", "房屋租赁合同"], start=1):
        app.give_file("photo.jpg")
        app.press(f"{material} 从相册选")
        app.page.wait_for_function(
            "count => document.querySelector('page:not([hidden])').innerText.split('已交 1 份').length > count",
            arg=given,
            timeout=SOON,
        )
    app.press("下一步")


def deliver_and_submit(app: MiniProgram) -> None:
    app.sees("怎样领取结果")
    app.choose("电子证照")
    app.press("下一步")
    app.sees("以上内容真实准确")
    app.choose("以上内容真实准确")
    app.press("提交申请")


def open_receipt(app: MiniProgram) -> None:
    app.press("打开收件凭证")
    shown = app.page.get_by_role("dialog", name="document")
    shown.wait_for(timeout=SOON)
    assert "application/pdf" in shown.inner_text()
