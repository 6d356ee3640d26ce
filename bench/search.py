"""Search as a phone asks it: 60 queries in people's own words, over HTTP."""

from pathlib import Path
from urllib.parse import urlencode

from support.city import City

from bench.client import Client
from bench.figures import Value, latency
from bench.progress import say

ROUNDS = 7
QUERIES = (Path(__file__).parent / "queries.txt").read_text().split("\n")[:-1]


def measure(city: City) -> dict[str, Value]:
    seconds, found = [], 0
    with Client(city.port) as client:
        for number in range(ROUNDS + 1):  # the first round warms up and is not counted
            say(f"search: round {number} of {ROUNDS}")
            for query in QUERIES:
                answer = client.get("/api/v1/search?" + urlencode({"q": query}))
                if number:
                    seconds.append(answer.seconds)
                else:
                    found += bool(answer.json()["results"])
    return {**latency("search", seconds), "search_answered_share": round(found / len(QUERIES), 2)}
