"""Progress goes to stderr; stdout carries the one JSON object."""

import sys


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
