"""A published guide read anonymously: our embedded server beside nginx, same file, same run."""

import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.city import City, free_port

from bench.client import Client, Unexpected
from bench.figures import Value, paired_ratio
from bench.progress import say
from bench.wrk import requests_per_second

ROUNDS = 7
SECONDS = 3  # a round on each of the two
_OPTIONS = ["-t2", "-c32", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
_NGINX = """
{user}
worker_processes auto;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        location /public/ {{ gzip_static on; }}
    }}
}}
"""


def measure(city: City) -> dict[str, Value]:
    with _nginx(city.home) as nginx:
        path = _typical_guide(city)
        _same_bytes(path, city.port, nginx)
        ours, theirs = [], []
        for number in range(ROUNDS):
            say(f"guide: round {number + 1} of {ROUNDS}")
            ours.append(requests_per_second(_OPTIONS, f"http://127.0.0.1:{city.port}{path}"))
            theirs.append(requests_per_second(_OPTIONS, f"http://127.0.0.1:{nginx}{path}"))
    return {
        "guide_read_rps": round(statistics.median(ours)),
        "guide_read_nginx_rps": round(statistics.median(theirs)),
        "guide_read_vs_nginx": round(paired_ratio(ours, theirs), 2),
    }


def _typical_guide(city: City) -> str:
    """The immutable address of the guide of median size."""
    documents: dict[str, dict[str, Any]] = city.get("/public/index.json")["documents"]
    guides = sorted(
        (item["bytes"], item["path"]) for key, item in documents.items() if key.startswith("items/")
    )
    return str(guides[len(guides) // 2][1])


def _same_bytes(path: str, *ports: int) -> None:
    bodies = set()
    for port in ports:
        with Client(port) as client:
            bodies.add(client.get(path).body)
    if len(bodies) != 1:
        raise Unexpected(f"{path}: the two servers answer differently")


@contextmanager
def _nginx(home: Path) -> Iterator[int]:
    """nginx over the same folder, on the port yielded."""
    folder = home / "nginx"
    folder.mkdir(exist_ok=True)
    port = free_port()
    # Started by root, nginx's workers become another user, who may not read the data folder.
    user = "user root;" if Path.home() == Path("/root") else ""
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(user=user, folder=folder, port=port, root=home))
    process = subprocess.Popen(["/usr/sbin/nginx", "-c", str(config), "-p", str(folder)])
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 5
    while True:
        try:
            with Client(port) as client:
                client.get("/public/index.json")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
