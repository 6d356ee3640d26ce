"""The application by the keyboard alone: Tab, arrows, space and Enter, never the mouse."""

from playwright.sync_api import Page
from support.citizen import Citizen
from support.city import City

_FOCUSED = """() => { const one = document.activeElement
  if (!one || one === document.body) return ''
  const label = one.getAttribute('aria-label') || (one.labels && one.labels[0] && one.labels[0].innerText)
    || (one.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.innerText ?? '').join(' ')
  return (label || one.innerText || one.value || '').trim() }"""


class Keyboard:
    """Moves the focus until it is on what is wanted; fails when a whole round does not find it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, words: str) -> None:
        for _ in range(120):
            if words in self.page.evaluate(_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {words!r}")

    def press(self, words: str, key: str = "Enter") -> None:
        self.to(words)
        self.page.keyboard.press(key)

    def type(self, words: str, text: str) -> None:
        self.to(words)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)


def test_applying_by_keyboard(app: Page, city: City) -> None:
    citizen = Citizen(app, city, "19900001002")
    keys = Keyboard(app)
    citizen.open("pages/guide/index?code=990100GA0008000")
    citizen.page.get_by_role("radio", name="本人").wait_for()
    choose_situation(keys)
    keys.press("在线办理")
    log_in(keys, citizen)
    fill_in(keys, citizen)
    hand_in(keys, citizen)
    assert citizen.number()


def choose_situation(keys: Keyboard) -> None:
    keys.press("本人", "Space")
    keys.press("国内求职", "Space")


def log_in(keys: Keyboard, citizen: Citizen) -> None:
    citizen.page.get_by_label("手机号", exact=True).wait_for()
    keys.type("手机号", citizen.phone)
    with citizen.page.expect_response(lambda answer: "/login-codes" in answer.url):
        keys.press("获取验证码")
    keys.type("验证码", citizen.code())
    with citizen.page.expect_response(lambda answer: "/sessions" in answer.url):
        keys.press("登录")


def fill_in(keys: Keyboard, citizen: Citizen) -> None:
    citizen.step("被查询人")
    keys.type("现居住地址", "云州市南屏区工业大道19号")
    keys.press("下一步")
    citizen.step("用途")
    keys.press("求职入职", "Space")
    keys.type("使用单位名称", "云州市启明幼儿园")
    keys.press("我确认申请理由真实", "Space")


def hand_in(keys: Keyboard, citizen: Citizen) -> None:
    keys.press("下一步")
    citizen.step("提交材料")
    with citizen.page.expect_response(lambda answer: "/reuse" in answer.url):
        keys.press("直接使用")
    keys.press("下一步")
    citizen.step("领取方式")
    keys.press("下一步")
    citizen.step("核对并提交")
    keys.press("以上内容真实准确", "Space")
    keys.press("提交申请")
