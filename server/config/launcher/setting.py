"""What a start on this machine consists of: ports, folders, processes."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from config import env
from config.database import NAME, embedded_url, ensure_exists, revive_embedded

_DEMO_LOGINS = [
    "市民 (citizen)      手机号 19900001001，验证码见演示短信页",
    "工作人员 (staff)    见登录页“演示账号”，密码 zhijian-demo",
]


@dataclass(frozen=True)
class Setting:
    """``sandbox_port`` and ``rush_port`` are the two after the web server's unless the environment says otherwise."""

    home: Path
    port: int
    sandbox_port: int
    rush_port: int
    demo: bool
    embedded: bool

    @classmethod
    def from_environment(cls) -> "Setting":
        port = int(os.environ.get("PORT", "8000"))
        return cls(
            home=env.home(),
            port=port,
            sandbox_port=int(os.environ.get("SANDBOX_PORT", port + 1)),
            rush_port=int(os.environ.get("RUSH_PORT", port + 2)),
            demo=env.flag("ZHIJIAN_DEMO"),
            embedded="DATABASE_URL" not in os.environ,
        )

    def export(self) -> None:
        """Tell this process and its children; starts the embedded database, which lives as long as we do."""
        os.environ["PORT"] = str(self.port)
        os.environ["ZHIJIAN_HOME"] = str(self.home)
        os.environ["ZHIJIAN_DEMO"] = "1" if self.demo else "0"
        if self.demo:
            os.environ.setdefault("SANDBOX_URL", f"http://127.0.0.1:{self.sandbox_port}")
        os.environ.setdefault("RUSH_URL", f"http://localhost:{self.rush_port}/rush/v1")
        if self.embedded:
            print("▸ 启动内置数据库 (embedded PostgreSQL) …", flush=True)
            address = embedded_url(self.home / "postgres")
            ensure_exists(address, NAME)
            os.environ["DATABASE_URL"] = address.replace("/postgres?", f"/{NAME}?", 1)

    def keep_database(self) -> None:
        """Start the embedded database again should it have died, for instance for want of memory."""
        if not self.embedded:
            return
        try:
            if revive_embedded(self.home / "postgres"):
                print("▸ 重新启动 (restarting): postgres", flush=True)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"✗ 数据库没有启动 (database did not start): {error}", flush=True)

    def port_is_free(self) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("0.0.0.0", self.port))  # noqa: S104 - the address the server will bind
            except OSError:
                return False
        return True

    def commands(self) -> dict[str, list[str]]:
        """Name → command of each process."""
        web = [sys.executable, "-m", "config.serving", "--interface", "wsgi", "config.wsgi:application"]
        web += ["--host", os.environ.get("HOST", "0.0.0.0"), "--port", str(self.port), "--no-ws"]  # noqa: S104
        web += [
            "--workers",
            os.environ.get("WEB_WORKERS", "2"),
            "--blocking-threads",
            "8",
            "--backpressure",
            "512",
        ]
        web += ["--respawn-failed-workers", "--log-level", "warning"]
        commands = {
            "web": web,
            "rush": self._rush(),
            "worker": [sys.executable, "manage.py", "worker"],
        }
        if self.demo:
            # It shows everybody's codes: to this machine alone, unless somebody says otherwise.
            host = os.environ.get("HOST", "127.0.0.1")
            commands["sandbox"] = [
                *(sys.executable, "-m", "sandbox"),
                *("--host", host, "--port", str(self.sandbox_port)),
            ]
        return commands

    def _rush(self) -> list[str]:
        """The lane is one process: whatever waits then waits in one place and makes one batch."""
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "uvloop"]
        command += ["--host", os.environ.get("HOST", "0.0.0.0"), "--port", str(self.rush_port)]  # noqa: S104
        command += [
            "--workers",
            "1",
            "--backpressure",
            "16384",
            "--backlog",
            "4096",
            "--workers-kill-timeout",
            "10",
        ]
        return [
            *command,
            "--no-ws",
            "--respawn-failed-workers",
            "--log-level",
            "warning",
            "config.rush:application",
        ]

    def announce(self) -> None:
        address = f"http://localhost:{self.port}"
        lines = [
            "",
            f"  指尖 已就绪 (ready)      {address}/",
            f"  工作台 (console)         {address}/console/",
            f"  接口文档 (API docs)      {address}/api/v1/docs",
        ]
        if self.demo:
            lines.append(f"  演示短信 (sandbox)       http://localhost:{self.sandbox_port}/")
            lines.append("  演示账号 (demo log-ins):")
            lines += [f"    {line}" for line in _DEMO_LOGINS]
        print("\n".join([*lines, "", "  Ctrl-C 停止 (stop)", ""]), flush=True)
