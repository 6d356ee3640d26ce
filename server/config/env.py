"""What the environment decides. Everything has a default that works on a laptop."""

import json
import os
import secrets
import tomllib
from contextlib import suppress
from pathlib import Path

SANDBOX_SECRET = "sandbox-secret"  # noqa: S105 - published; needs.py refuses it outside the demo
REPOSITORY = Path(__file__).resolve().parents[2]


def home() -> Path:
    """The data folder: database, files, published documents, keys, logs."""
    path = Path(os.environ.get("ZHIJIAN_HOME") or REPOSITORY / ".local").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def version() -> str:
    """Of this tree: ``pyproject.toml`` is where it is raised, a test holds the other places to it."""
    return str(tomllib.loads((REPOSITORY / "server" / "pyproject.toml").read_text())["project"]["version"])


def words(name: str, default: str) -> list[str]:
    return [word for word in os.environ.get(name, default).split(",") if word]


def secret(name: str, *, size: int = 32) -> str:
    """A secret of this installation: from the environment, else made once and kept in the data folder."""
    value = known_secret(name)
    if value is None:
        path = _secret_path(name)
        keep(path, secrets.token_hex(size))
        value = path.read_text()
    return value


def known_secret(name: str) -> str | None:
    """A secret that exists: from the environment or the data folder. Never makes one."""
    if value := os.environ.get(f"ZHIJIAN_{name.upper()}"):
        return value
    try:
        return _secret_path(name).read_text()
    except FileNotFoundError:
        return None


def _secret_path(name: str) -> Path:
    return home() / "secrets" / name


def keep(path: Path, text: str, *, over: bool = False) -> None:
    """Write a private file whole: nobody reads a part of it. One that exists stays, unless ``over``: then its owner and
    mode stay, and a link goes on leading to it. Raises PermissionError for whoever may not keep them."""
    path = path.resolve()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(4)}")
    part.touch(mode=0o600)
    part.write_text(text)
    if over:
        _like(part, path)
        part.replace(path)
        return
    with suppress(FileExistsError):
        path.hardlink_to(part)  # of two processes that start together, one makes it and both read the same
    part.unlink()


def _like(part: Path, path: Path) -> None:
    former = path.stat()
    try:
        os.chown(part, former.st_uid, former.st_gid)
        part.chmod(former.st_mode)
    except PermissionError:
        part.unlink()
        raise


def city(*, demo: bool) -> dict[str, str]:
    """Name, English name, hotline and service phone of the city: CITY_NAME, CITY_NAME_EN, CITY_HOTLINE, CITY_SERVICE_PHONE.

    The demo's come from its data. 12345 is the whole country's hotline of public services.
    """
    defaults = {"name": "", "name_en": "", "hotline": "12345", "service_phone": ""}
    if demo:
        defaults |= json.loads((REPOSITORY / "demo" / "organizations.json").read_text())["city"]
    return {
        key: os.environ.get(f"CITY_{key.upper()}", defaults[key])
        for key in ("name", "name_en", "hotline", "service_phone")
    }


def outside(name: str, sandbox: str, *, demo: bool) -> dict[str, str]:
    """How to reach an outside system: SMS_ADAPTER (a dotted path for one's own), SMS_URL, SMS_APP_ID, SMS_SECRET.

    The sandbox plays them in the demo; elsewhere what is not configured is off.
    """
    prefix = name.upper()
    defaults = {
        "adapter": "sandbox" if demo else "off",
        "url": sandbox if demo else "",
        "app_id": "zhijian",
        "secret": SANDBOX_SECRET if demo else "",
        "read_seconds": "5",
    }
    return {key: os.environ.get(f"{prefix}_{key.upper()}", value) for key, value in defaults.items()}
