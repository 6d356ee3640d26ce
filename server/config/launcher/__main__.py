"""``python -m config.launcher``: what ``script/server`` ends in."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request

from config import env, needs
from config.launcher.processes import Fleet, end_with_parent
from config.launcher.setting import Setting


def main() -> int:
    if "--demo" in sys.argv[1:]:
        os.environ["ZHIJIAN_DEMO"] = "1"
    if code := needs.main():  # before the database: nothing is touched by a start that cannot succeed
        return code
    setting = Setting.from_environment()
    if not setting.port_is_free():
        print(
            f"✗ 端口 {setting.port} 已被占用。如果是上次没有退出的指尖，请先结束它；否则用 PORT=端口号 另选（port in use: end what is left of an earlier start, or choose another with PORT=）"
        )
        return 1
    setting.export()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if code := _prepare(setting):
        return code
    fleet = Fleet(setting.commands(), log_folder=setting.home / "logs")
    try:
        fleet.start()
        if _wait_until_ready(setting, fleet, stop):
            setting.announce()
        while not stop.wait(0.5):
            setting.keep_database()
            fleet.revive()
    finally:
        print("正在停止 (stopping) …", flush=True)
        fleet.stop()
    return 0


def _prepare(setting: Setting) -> int:
    """The exit code of the preparation. It has a process of its own: what it loads is needed once, and the launcher
    stays."""
    command = [sys.executable, "-m", "config.launcher.prepare", *(["--embedded"] if setting.embedded else [])]
    return subprocess.run(command, preexec_fn=end_with_parent, start_new_session=True, check=False).returncode


def _wait_until_ready(setting: Setting, fleet: Fleet, stop: threading.Event) -> bool:
    host = next(iter(env.words("ALLOWED_HOSTS", "")), "localhost").lstrip(".").replace("*", "localhost")
    question = urllib.request.Request(f"http://127.0.0.1:{setting.port}/healthz", headers={"Host": host})
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not stop.is_set():
        try:
            with urllib.request.urlopen(question, timeout=2):  # noqa: S310 - http, see above
                return True
        except OSError:
            fleet.revive()
            time.sleep(0.1)
    print(f"✗ 服务没有就绪，请看日志 (not ready, see the logs): {setting.home / 'logs'}")
    return False


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
