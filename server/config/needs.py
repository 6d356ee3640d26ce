"""What a start outside the demo needs from the environment. Knows the standard library only: ``script/server`` asks
before anything is installed (``python -m config.needs``).
"""

import ipaddress
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

EXIT = 78  # "configuration error" (sysexits.h): starting again as it is does not help
REQUIRED = {"SMS": "短信验证码", "IDENTITY_CHECK": "实名核验"}
OPTIONAL = {"SMS_NOTICE": "短信通知", "WECHAT": "微信订阅消息", "REGISTRATION": "外部号源", "COURIER": "快递"}
_ON = {"1", "true", "yes", "on"}
_PUBLISHED = "sandbox-secret"
_OURS = "zhijian."


@dataclass(frozen=True, slots=True)
class Need:
    """``code`` is stable; a ``warning`` lets the start go on."""

    code: str
    chinese: str
    english: str
    warning: bool = False

    def lines(self) -> str:
        sign = "!" if self.warning else "✗"
        return f"{sign} {self.chinese}\n  {self.english} [{self.code}]"


def is_demo(environ: Mapping[str, str]) -> bool:
    return environ.get("ZHIJIAN_DEMO", "").lower() in _ON


def needs(environ: Mapping[str, str]) -> list[Need]:
    """Everything at once, so that nobody starts ten times to hear ten things. In the demo only what cannot be."""
    if is_demo(environ):
        return [*_wrong(environ)]
    return [
        *_wrong(environ),
        *_addresses(environ),
        *_outside(environ),
        *_signing(environ),
        *_caution(environ),
    ]


def _wrong(environ: Mapping[str, str]) -> Iterator[Need]:
    """What is set to something that it cannot be: the process would start and serve nothing."""
    for name, (takes, chinese, english) in _SHAPES.items():
        value = environ.get(name, "")
        if value and not takes(value):
            shown = name if name == "DATABASE_URL" else f"{name}={value}"  # that one holds a password
            yield Need(f"wrong.{name}", f"{shown} 不能用：{chinese}。", f"{shown}: {english}.")


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdecimal() and 0 < int(value) < 65536


def _are_networks(value: str) -> bool:
    try:
        return all(ipaddress.ip_network(one.strip(), strict=False) for one in value.split(",") if one.strip())
    except ValueError:
        return False


_PHONE = (
    re.compile(r"\+?[0-9][0-9-]{2,19}").fullmatch,
    "请写电话号码，只用数字和短横线",
    "a telephone number: digits and hyphens",
)
_PORT = (_is_port, "请写 1 到 65535 的端口号", "a port is a number from 1 to 65535")
_SHAPES: dict[str, tuple[Callable[[str], object], str, str]] = {
    "ROLE": (
        {"all", "citizen", "console"}.__contains__,
        "请写 all、citizen 或 console",
        "all, citizen or console",
    ),
    "PUBLIC_URL": (
        lambda value: value.startswith(("http://", "https://")),
        "请写完整地址，以 https:// 开头",
        "a whole address, beginning with https://",
    ),
    "CITY_NAME": (
        re.compile(r"[\u3400-\u9fff]{2,20}").fullmatch,
        "请写城市的全称，只用汉字",
        "the city's full name in Chinese characters",
    ),
    "CITY_NAME_EN": (
        re.compile(r"[A-Za-z][A-Za-z' -]{1,39}").fullmatch,
        "请写城市的英文名，只用拉丁字母",
        "the city's English name in Latin letters",
    ),
    "CITY_HOTLINE": _PHONE,
    "CITY_SERVICE_PHONE": _PHONE,
    "SMS_SIGNATURE": (
        re.compile(r"【[^【】\s]{2,12}】").fullmatch,
        "请写在运营商报备的签名，带【】，里面 2 到 12 个字",
        "the signature registered with the operators, 2 to 12 signs within 【】",
    ),
    "FILES_URL": (
        re.compile(r"(?:file:///|(?!file:)[a-z][a-z0-9+.-]*://)\S+").fullmatch,
        "请写完整地址，例如 file:///srv/zhijian/files",
        "a whole address, for example file:///srv/zhijian/files",
    ),
    "TRUSTED_PROXIES": (
        lambda value: value.isascii() and value.isdecimal(),
        "请写代理的层数，例如 1",
        "how many proxies stand in front, for example 1",
    ),
    "TRUSTED_PROXY_NETWORKS": (
        _are_networks,
        "请写网段，逗号分隔，例如 10.0.0.0/8",
        "networks, separated by commas, for example 10.0.0.0/8",
    ),
    "PORT": _PORT,
    "SANDBOX_PORT": _PORT,
    "RUSH_PORT": _PORT,
    "DATABASE_URL": (
        lambda value: value.startswith(("postgres://", "postgresql://")),
        "只支持 PostgreSQL，请写 postgres://用户:密码@主机/库",
        "PostgreSQL only: postgres://user:password@host/name",
    ),
}


def _addresses(environ: Mapping[str, str]) -> Iterator[Need]:
    if not environ.get("CITY_NAME"):
        yield Need(
            "city.missing",
            "请设置 CITY_NAME：城市的全称，印在文书、网页和短信上。",
            "Set CITY_NAME: the city's full name, which papers, pages and messages bear.",
        )
    hosts = [host.strip() for host in environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if not hosts:
        yield Need(
            "hosts.missing",
            "请设置 ALLOWED_HOSTS：市民和工作人员访问的域名，逗号分隔。",
            "Set ALLOWED_HOSTS: the names that people reach the service by, separated by commas.",
        )
    elif "*" in hosts:
        yield Need(
            "hosts.any",
            "ALLOWED_HOSTS 不能是 *，请列出真正的域名。",
            "ALLOWED_HOSTS must not be *: name the real ones.",
        )
    if not environ.get("PUBLIC_URL"):
        yield Need(
            "public_url.missing",
            "请设置 PUBLIC_URL：市民访问的完整地址，二维码和短信里的链接都用它。",
            "Set PUBLIC_URL: the address citizens use; QR codes and links begin with it.",
        )
    if not environ.get("ZHIJIAN_HTTPS"):
        yield Need(
            "https.unset",
            "请设置 ZHIJIAN_HTTPS=1（前面有 TLS）。确实没有 TLS 时写 ZHIJIAN_HTTPS=0，登录信息将以明文传输。",
            "Set ZHIJIAN_HTTPS=1 (TLS in front). Where there really is none, say ZHIJIAN_HTTPS=0; "
            "log-ins then travel in clear.",
        )


def _outside(environ: Mapping[str, str]) -> Iterator[Need]:
    for prefix, name in (REQUIRED | OPTIONAL).items():
        adapter = environ.get(f"{prefix}_ADAPTER", "")
        if not adapter and prefix in REQUIRED:
            yield Need(
                f"outside.missing.{prefix}",
                f"请设置 {prefix}_ADAPTER（{name}）：gateway、自己写的类的完整路径，或 off（不提供）。",
                f"Set {prefix}_ADAPTER: gateway, the dotted path of your own class, or off.",
            )
        elif adapter == "sandbox" or environ.get(f"{prefix}_SECRET") == _PUBLISHED:
            yield Need(
                f"outside.sandbox.{prefix}",
                f"{prefix}（{name}）用的是演示沙箱或公开的演示密钥，不能用于正式环境。",
                f"{prefix} uses the sandbox or its published secret, which are for the demo only.",
            )
        elif (adapter == "gateway" or adapter.startswith(_OURS)) and not _reachable(environ, prefix):
            yield Need(
                f"outside.incomplete.{prefix}",
                f"{prefix}（{name}）缺少 {prefix}_URL 或 {prefix}_SECRET。",
                f"{prefix} lacks {prefix}_URL or {prefix}_SECRET.",
            )


def _reachable(environ: Mapping[str, str], prefix: str) -> bool:
    return all(environ.get(f"{prefix}_{part}") for part in ("URL", "SECRET"))


def _signing(environ: Mapping[str, str]) -> Iterator[Need]:
    if not environ.get("SIGNING_PKCS12"):
        yield Need(
            "signing.missing",
            "请设置 SIGNING_PKCS12 和 SIGNING_PKCS12_PASSWORD：给文书签章的证书（.p12），由依法设立的电子认证机构签发。",
            "Set SIGNING_PKCS12 and SIGNING_PKCS12_PASSWORD: the certificate that signs documents, "
            "from a licensed authority.",
        )


def _caution(environ: Mapping[str, str]) -> Iterator[Need]:
    if environ.get("ZHIJIAN_DEBUG", "").lower() in _ON:
        yield Need(
            "debug.on",
            "ZHIJIAN_DEBUG 会在出错页面上显示内部信息，正式环境不能打开。",
            "ZHIJIAN_DEBUG shows the inside on error pages: never outside a demo.",
        )
    if not environ.get("ZHIJIAN_MASTER_KEY"):
        yield Need(
            "keys.beside",
            "没有设置 ZHIJIAN_MASTER_KEY，主密钥和密钥文件放在一起，等于没有上锁。请由密钥服务或密码机提供。",
            "Without ZHIJIAN_MASTER_KEY the master key lies beside the keyring. Have a key service provide it.",
            warning=True,
        )
    if environ.get("ROLE", "all") == "all":
        yield Need(
            "role.all",
            "ROLE=all 让工作台和市民端用同一个地址。工作台请放在政务网，用 ROLE=console 单独运行。",
            "ROLE=all serves the console at the citizens' address. Run it apart with ROLE=console.",
            warning=True,
        )


def main() -> int:
    found = [need for need in needs(os.environ) if not need.warning]
    if not found:
        return 0
    print("✗ 没有启动：还缺下面的设置 (not started, this is missing):", file=sys.stderr)
    print("\n".join(need.lines() for need in found), file=sys.stderr)
    print(
        "\n只想试用演示城市：script/server --demo  (just to try the demo city)\n"
        "全部参数 (all settings)：docs/operations/settings.md",
        file=sys.stderr,
    )
    return EXIT


if __name__ == "__main__":
    sys.exit(main())
