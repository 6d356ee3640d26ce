"""Captions of videos: WebVTT (W3C) that can be shown, with a sentence for each fault. Pure."""

import re
from dataclasses import dataclass

_TIMING = re.compile(
    r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?:[ \t].*)?"
)
_ACTIVE = re.compile(r"<\s*/?\s*(script|style|iframe|img|object|a)\b|javascript:|https?://", re.IGNORECASE)
MAX_CUES = 2000


@dataclass(frozen=True, slots=True)
class Cue:
    """``start`` and ``end`` in milliseconds."""

    start: int
    end: int
    text: str


def parse(text: str) -> tuple[list[Cue], list[str]]:
    """The captions and what is wrong with them, in Chinese; usable only when nothing is wrong."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    head, _, rest = lines.partition("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", head):
        return [], ["字幕文件第一行要写 WEBVTT"]
    cues: list[Cue] = []
    faults: list[str] = []
    for part in re.split(r"\n{2,}", rest.strip("\n")):
        if part.startswith(("NOTE", "REGION")) or not part.strip():
            continue
        if part.startswith("STYLE"):
            faults.append("字幕不能带样式代码（STYLE），请删去")
            continue
        cue = _cue(part)
        if cue is None:
            faults.append(f"这一段字幕的时间写法不对：{part.splitlines()[0][:40]}")
        else:
            cues.append(cue)
    return cues, faults + _faults(cues)


def _cue(part: str) -> Cue | None:
    lines = part.split("\n")
    timing = _TIMING.fullmatch(lines[0]) or (_TIMING.fullmatch(lines[1]) if len(lines) > 1 else None)
    if timing is None:
        return None
    body = lines[lines.index(timing.string) + 1 :]
    groups = timing.groups()
    return Cue(_milliseconds(*groups[:4]), _milliseconds(*groups[4:]), "\n".join(body).strip())


def _milliseconds(hours: str | None, minutes: str, seconds: str, rest: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)


def _faults(cues: list[Cue]) -> list[str]:
    if not cues:
        return ["字幕里没有内容"]
    if len(cues) > MAX_CUES:
        return [f"字幕最多 {MAX_CUES} 条"]
    found = []
    for number, cue in enumerate(cues, start=1):
        if cue.end <= cue.start:
            found.append(f"第 {number} 条字幕的结束时间要晚于开始时间")
        if not cue.text:
            found.append(f"第 {number} 条字幕没有文字")
        if _ACTIVE.search(cue.text):
            found.append(f"第 {number} 条字幕里有代码或链接，请删去")
        if number > 1 and cue.start < cues[number - 2].start:
            found.append(f"第 {number} 条字幕早于上一条，请按时间排列")
    return found
