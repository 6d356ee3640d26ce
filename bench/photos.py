"""Uploading a photograph: what a telephone sends over WeChat (1.2 megapixels), and what its camera takes (12)."""

from support.applicant import photograph
from support.city import City

from bench.cases.people import make_citizens, token_of
from bench.client import Client
from bench.database import connect
from bench.figures import Value, latency
from bench.progress import say

SIZES = {"upload_photo_1mp": (1280, 960), "upload_photo_12mp": (4000, 3000)}
TIMES = 25  # an address may upload 60 in ten minutes
_WARM_UP = 3
_PATH = "/api/v1/tickets/photos"


def measure(city: City) -> dict[str, Value]:
    connect()
    make_citizens(1)
    figures: dict[str, Value] = {}
    with Client(city.port, headers={"Authorization": f"Bearer {token_of(0)}"}) as client:
        for name, size in SIZES.items():
            say(f"photos: uploading {TIMES} of {size[0]} × {size[1]} …")
            content = photograph(*size)
            seconds = [_upload(client, content) for _ in range(_WARM_UP + TIMES)]
            figures |= latency(name, seconds[_WARM_UP:])
    return figures


def _upload(client: Client, content: bytes) -> float:
    """Uploads a picture and takes it back: only so many of one person may wait for a ticket."""
    answer = client.upload(_PATH, "a.jpg", content, expect=201)
    client.delete(f"{_PATH}/{answer.json()['id']}")
    return answer.seconds
