"""What a start outside the demo must be told, one setting after the other."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import needs

REPOSITORY = Path(__file__).resolve().parents[3]
FULL = {
    "CITY_NAME": "别的市",
    "ALLOWED_HOSTS": "hall.example,console.example",
    "PUBLIC_URL": "https://hall.example",
    "ZHIJIAN_HTTPS": "1",
    "ZHIJIAN_MASTER_KEY": "from a key service",
    "SIGNING_PKCS12": "/etc/zhijian/seal.p12",
    "SMS_ADAPTER": "city.sms.Sender",
    "IDENTITY_CHECK_ADAPTER": "gateway",
    "IDENTITY_CHECK_URL": "https://identity.example",
    "IDENTITY_CHECK_SECRET": "agreed upon",
    "ROLE": "citizen",
}
#: Change of the full settings → codes said.
TABLE: list[tuple[dict[str, str], set[str]]] = [
    ({}, set()),
    ({"ALLOWED_HOSTS": ""}, {"hosts.missing"}),
    ({"ALLOWED_HOSTS": " , "}, {"hosts.missing"}),
    ({"ALLOWED_HOSTS": "hall.example, *"}, {"hosts.any"}),
    ({"PUBLIC_URL": ""}, {"public_url.missing"}),
    ({"ZHIJIAN_HTTPS": ""}, {"https.unset"}),
    ({"ZHIJIAN_HTTPS": "0"}, set()),
    ({"SIGNING_PKCS12": ""}, {"signing.missing"}),
    ({"SMS_ADAPTER": ""}, {"outside.missing.SMS"}),
    ({"SMS_ADAPTER": "off"}, set()),
    ({"SMS_ADAPTER": "sandbox"}, {"outside.sandbox.SMS"}),
    ({"SMS_SECRET": "sandbox-secret"}, {"outside.sandbox.SMS"}),
    ({"IDENTITY_CHECK_SECRET": "sandbox-secret"}, {"outside.sandbox.IDENTITY_CHECK"}),
    ({"IDENTITY_CHECK_URL": ""}, {"outside.incomplete.IDENTITY_CHECK"}),
    ({"IDENTITY_CHECK_SECRET": ""}, {"outside.incomplete.IDENTITY_CHECK"}),
    ({"IDENTITY_CHECK_ADAPTER": ""}, {"outside.missing.IDENTITY_CHECK"}),
    (
        {"SMS_ADAPTER": "zhijian.identity.adapters.gateway.GatewaySms"},
        {"outside.incomplete.SMS"},
    ),
    ({"WECHAT_ADAPTER": "sandbox"}, {"outside.sandbox.WECHAT"}),
    ({"SMS_NOTICE_ADAPTER": "sandbox"}, {"outside.sandbox.SMS_NOTICE"}),
    ({"COURIER_ADAPTER": "gateway"}, {"outside.incomplete.COURIER"}),
    ({"REGISTRATION_ADAPTER": "sandbox"}, {"outside.sandbox.REGISTRATION"}),
    ({"ZHIJIAN_DEBUG": "1"}, {"debug.on"}),
    ({"ZHIJIAN_DEMO": "0"}, set()),
    ({"ROLE": "citizens"}, {"wrong.ROLE"}),
    ({"CITY_NAME": ""}, {"city.missing"}),
    ({"CITY_NAME": "Elsewhere"}, {"wrong.CITY_NAME"}),
    ({"CITY_NAME_EN": "别的市"}, {"wrong.CITY_NAME_EN"}),
    ({"CITY_NAME_EN": "Xi'an"}, set()),
    ({"CITY_HOTLINE": "one two"}, {"wrong.CITY_HOTLINE"}),
    ({"CITY_HOTLINE": "0999-12345", "CITY_SERVICE_PHONE": "+86-999-1"}, set()),
    ({"SMS_SIGNATURE": "别的政务"}, {"wrong.SMS_SIGNATURE"}),
    ({"FILES_URL": "/srv/files"}, {"wrong.FILES_URL"}),
    ({"FILES_URL": "file://srv/files"}, {"wrong.FILES_URL"}),
    ({"FILES_URL": "file:///srv/files"}, set()),
    ({"ZHIJIAN_DEMO": "1", "CITY_NAME": "别的市"}, set()),
    ({"PUBLIC_URL": "hall.example"}, {"wrong.PUBLIC_URL"}),
    ({"TRUSTED_PROXIES": "two"}, {"wrong.TRUSTED_PROXIES"}),
    ({"TRUSTED_PROXY_NETWORKS": "foo"}, {"wrong.TRUSTED_PROXY_NETWORKS"}),
    ({"TRUSTED_PROXY_NETWORKS": "10.0.0.0/8, ::1/128"}, set()),
    ({"PORT": "99999"}, {"wrong.PORT"}),
    ({"DATABASE_URL": "mysql://a:hidden-word@b/c"}, {"wrong.DATABASE_URL"}),
    ({"ZHIJIAN_DEMO": "1", "PORT": "abc"}, {"wrong.PORT"}),
    ({"ZHIJIAN_DEMO": "1", "ALLOWED_HOSTS": "*", "SMS_ADAPTER": "sandbox"}, set()),
]


@pytest.mark.parametrize(("change", "codes"), TABLE, ids=[str(change) for change, _ in TABLE])
def test_each_condition_has_its_code(change: dict[str, str], codes: set[str]) -> None:
    found = [need for need in needs.needs(FULL | change) if not need.warning]
    assert {need.code for need in found} == codes
    assert all(need.chinese and need.english for need in found)
    assert "hidden-word" not in "".join(need.lines() for need in found)


@pytest.mark.parametrize(
    ("change", "code"), [({"ZHIJIAN_MASTER_KEY": ""}, "keys.beside"), ({"ROLE": "all"}, "role.all")]
)
def test_what_is_only_unwise_is_a_warning(change: dict[str, str], code: str) -> None:
    assert [(need.code, need.warning) for need in needs.needs(FULL | change)] == [(code, True)]


def run(*options: str, home: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The real ``script/server`` in an environment of its own."""
    return subprocess.run(
        [REPOSITORY / "script/server", *options],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "ZHIJIAN_HOME": str(home), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def test_without_settings_the_server_lists_all_that_is_missing_and_touches_nothing(tmp_path: Path) -> None:
    done = run(home=tmp_path)
    assert done.returncode == needs.EXIT
    for word in (
        "CITY_NAME",
        "ALLOWED_HOSTS",
        "PUBLIC_URL",
        "ZHIJIAN_HTTPS",
        "SIGNING_PKCS12",
        "SMS_ADAPTER",
        "--demo",
    ):
        assert word in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["stamps"]


def launched(home: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """What ``script/server`` ends in, without installing anything."""
    return subprocess.run(
        [sys.executable, "-m", "config.launcher"],
        cwd=REPOSITORY / "server",
        env={"PATH": os.environ["PATH"], "ZHIJIAN_HOME": str(home), "ZHIJIAN_DEMO": "1", **environ},
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"DATABASE_URL": "postgres://x:hidden-word@127.0.0.1:1/z"}, "连不上数据库，请核对 DATABASE_URL"),
        (
            {"MAP_TILES": "https://t.example/{z}/{x}/{y}.png", "DATABASE_URL": "postgres://x@127.0.0.1:1/z"},
            "MAP_CREDIT",
        ),
    ],
)
def test_a_start_that_cannot_succeed_says_why_without_a_traceback(
    environ: dict[str, str], words: str, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    done = launched(tmp_path, PORT=str(port), **environ)
    assert (done.returncode, words in done.stderr) == (needs.EXIT, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden-word" not in done.stdout + done.stderr


def test_a_reset_without_a_folder_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config.reset", "--yes"],
        cwd=REPOSITORY / "server",
        env={"PATH": os.environ["PATH"], "ZHIJIAN_DEMO": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "ZHIJIAN_HOME" in done.stderr) == (needs.EXIT, True)
    assert "Traceback" not in done.stderr


def test_an_unknown_option_is_refused(tmp_path: Path) -> None:
    done = run("--demos", home=tmp_path)
    assert done.returncode == 1
    assert "--demos" in done.stderr
