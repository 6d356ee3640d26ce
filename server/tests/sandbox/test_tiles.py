"""The sandbox's tile service: pictures for who has the key, and its faults."""

import io
import json
import urllib.error
import urllib.request

import pytest
from PIL import Image
from support.sandbox import Sandbox

KEY = "sandbox-secret"


def get(sandbox: Sandbox, tile: str, key: str = KEY) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(f"{sandbox.url}/tiles/v1/{tile}.png?tk={key}", timeout=5) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def test_a_picture_for_each_tile(sandbox: Sandbox) -> None:
    status, kind, content = get(sandbox, "vec/12/3419/1684")
    assert (status, kind) == (200, "image/png")
    with Image.open(io.BytesIO(content)) as ground:
        assert (ground.size, ground.mode) == ((256, 256), "RGB")
    assert get(sandbox, "vec/12/3419/1684")[2] == content
    assert get(sandbox, "vec/12/3420/1684")[2] != content


def test_names_let_the_ground_through(sandbox: Sandbox) -> None:
    with Image.open(io.BytesIO(get(sandbox, "cva/12/3419/1684")[2])) as names:
        assert names.mode == "RGBA"
        assert names.getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize(
    "tile", ["img/12/1/1", "vec/12/4096/1", "vec/12/1/4096", "vec/23/1/1", "vec/1/1", "vec/x/1/1"]
)
def test_no_such_tile(sandbox: Sandbox, tile: str) -> None:
    assert get(sandbox, tile)[0] == 404


def test_only_with_the_key(sandbox: Sandbox) -> None:
    for key in ("", "other"):
        status, _, content = get(sandbox, "vec/12/3419/1684", key)
        assert status == 403
        assert json.loads(content)["code"] == "301003"


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ("reject", 403, "application/json; charset=utf-8"),
        ("500", 500, "application/json; charset=utf-8"),
        ("page", 200, "text/html; charset=utf-8"),
    ],
)
def test_faults(sandbox: Sandbox, fault: str, status: int, kind: str) -> None:
    sandbox.fault(tiles=fault)
    found = get(sandbox, "vec/12/3419/1684")
    sandbox.fault(tiles="ok")
    assert found[:2] == (status, kind)
