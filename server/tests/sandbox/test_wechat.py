"""WeChat's side as others meet it: plain HTTP with errcodes."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from support.sandbox import Sandbox

WHO = {"appid": "zhijian", "secret": "sandbox-secret"}
OPENID = "o" + "0" * 27
LETTER = {
    "touser": OPENID,
    "template_id": "CASE_RESULT",
    "page": "pages/case/detail?id=x",
    "data": {"thing1": {"value": "居住证办理"}, "thing2": {"value": "请到大厅领取"}},
}


def call(sandbox: Sandbox, path: str, content: Any = None) -> dict[str, Any]:
    body = None if content is None else json.dumps(content).encode()
    with urllib.request.urlopen(sandbox.url + path, body, timeout=5) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def token(sandbox: Sandbox) -> str:
    return str(call(sandbox, "/cgi-bin/stable_token", WHO)["access_token"])


def send(sandbox: Sandbox, content: Any, access: str = "") -> int:
    path = f"/cgi-bin/message/subscribe/send?access_token={access or token(sandbox)}"
    return int(call(sandbox, path, content)["errcode"])


def test_a_message_is_taken_and_shown(sandbox: Sandbox) -> None:
    assert send(sandbox, LETTER) == 0
    (message,) = sandbox.wechat_messages(OPENID)
    assert message["data"] == {"thing1": "居住证办理", "thing2": "请到大厅领取"}
    assert sandbox.wechat_messages("o" + "1" * 27) == []


def test_all_who_ask_get_the_same_token(sandbox: Sandbox) -> None:
    assert token(sandbox) == token(sandbox)
    assert call(sandbox, "/cgi-bin/stable_token", WHO | {"secret": "x"})["errcode"] == 40125
    assert send(sandbox, LETTER, "made-up") == 40001


def test_a_code_always_belongs_to_the_same_person(sandbox: Sandbox) -> None:
    path = "/sns/jscode2session?appid=zhijian&secret=sandbox-secret&js_code="
    first, again = (call(sandbox, path + "code-1") for _ in range(2))
    assert first["openid"] == again["openid"] != call(sandbox, path + "code-2")["openid"]
    assert call(sandbox, path)["errcode"] == 40029
    assert call(sandbox, path.replace("sandbox-secret", "x") + "code-1")["errcode"] == 40013


def data(**values: Any) -> dict[str, Any]:
    return {"data": {name: {"value": value} for name, value in values.items()}}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"touser": "somebody"}, 40003),
        ({"template_id": "FREE_TEXT"}, 40037),
        (data(thing1="x"), 47003),
        (data(thing1="x", thing2="x", thing3="x"), 47003),
        (data(thing1="", thing2="x"), 47003),
        (data(thing1="字" * 21, thing2="x"), 47003),
        (data(thing1=7, thing2="x"), 47003),
        ({"data": ["x"]}, 47003),
        ({"data": {"thing1": "x", "thing2": "x"}}, 47003),
    ],
)
def test_messages_that_are_not_taken(sandbox: Sandbox, changes: dict[str, Any], code: int) -> None:
    assert send(sandbox, LETTER | changes) == code
    assert sandbox.wechat_messages() == []


@pytest.mark.parametrize(("fault", "code"), [("reject", 43101), ("limit", 45009), ("token", 40001)])
def test_faults(sandbox: Sandbox, fault: str, code: int) -> None:
    access = token(sandbox)
    sandbox.fault(wechat=fault)
    assert send(sandbox, LETTER, access) == code
    sandbox.fault(wechat="500")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        send(sandbox, LETTER, access)
    with refusal.value as answer:
        assert answer.code == 500


@pytest.mark.parametrize("content", [[], "x", 1, None])
def test_what_is_not_an_object(sandbox: Sandbox, content: Any) -> None:
    path = f"/cgi-bin/message/subscribe/send?access_token={token(sandbox)}"
    request = urllib.request.Request(sandbox.url + path, json.dumps(content).encode())
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert json.load(answer)["errcode"] == 47001
