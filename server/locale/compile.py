"""Compiles every django.po below this folder to the .mo beside it, without gettext: ``python locale/compile.py``."""

import ast
import struct
from pathlib import Path

HERE = Path(__file__).parent
_MAGIC = 0x950412DE


def parse(text: str) -> dict[str, str]:
    """Message → translation; contexts and plural forms are not used in our overlay."""
    found: dict[str, str] = {}
    key, value, target = "", "", ""
    for line in [*text.splitlines(), ""]:
        if line.startswith("msgid "):
            key, value, target = ast.literal_eval(line[6:]), "", "key"
        elif line.startswith("msgstr "):
            value, target = ast.literal_eval(line[7:]), "value"
        elif line.startswith('"'):
            part = ast.literal_eval(line)
            key, value = (key + part, value) if target == "key" else (key, value + part)
        elif not line.strip() and target == "value":
            found[key], target = value, ""
    return found


def compiled(messages: dict[str, str]) -> bytes:
    """The GNU .mo format: header, table of keys, table of values, strings."""
    pairs = [(key.encode(), messages[key].encode()) for key in sorted(messages, key=str.encode)]
    start = 28 + 16 * len(pairs)
    keys, values, strings = b"", b"", b""
    for key, _ in pairs:
        keys += struct.pack("<II", len(key), start + len(strings))
        strings += key + b"\0"
    for _, value in pairs:
        values += struct.pack("<II", len(value), start + len(strings))
        strings += value + b"\0"
    header = struct.pack("<7I", _MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return header + keys + values + strings


def main() -> None:
    for source in HERE.rglob("django.po"):
        source.with_suffix(".mo").write_bytes(compiled(parse(source.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
