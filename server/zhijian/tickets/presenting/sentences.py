"""Where a ticket stands, in one sentence for the person who asked. Pure."""

from dataclasses import dataclass
from datetime import date

from zhijian.core.dates import weekday_date, weekday_date_en
from zhijian.tickets.rules.states import State


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence needs. ``due`` None: no end is known."""

    state: State
    office: str
    office_en: str
    today: date
    due: date | None = None
    overdue: bool = False
    merged_into: str = ""
    reopen_until: date | None = None
    extended: bool = False
    shared: bool = False  # others had reported it too when the reporter left


def sentence(scene: Scene) -> tuple[str, str]:
    """Chinese and English."""
    return _OF[scene.state](scene)


_OTHERS = (
    ("您", "反映人"),
    ("Your", "The reporter's"),
    ("your", "the reporter's"),
    ("You", "The reporter"),
    ("you", "the reporter"),
)


def for_others(words: str) -> str:
    """The same, Chinese or English, for those who only read along."""
    for theirs, said in _OTHERS:
        words = words.replace(theirs, said)
    return words


def _due(scene: Scene) -> tuple[str, str]:
    if scene.due is None:
        return "", ""
    day, day_en = (
        weekday_date(scene.due, this_year=scene.today.year),
        weekday_date_en(scene.due, this_year=scene.today.year),
    )
    if scene.overdue:
        return f"，应于{day}前答复，现已超期，我们正在督促", f"; it was due on {day_en} and is late"
    extended = "（已延期）" if scene.extended else ""
    return f"，最晚{day}前答复{extended}", f"; you will have an answer by {day_en}"


def _submitted(scene: Scene) -> tuple[str, str]:
    end, end_en = _due(scene)
    return f"已收到您的诉求，正在派给承办部门{end}", f"Received, on its way to a department{end_en}"


def _dispatched(scene: Scene) -> tuple[str, str]:
    end, end_en = _due(scene)
    return f"已派给{scene.office}，等待签收{end}", f"Sent to {scene.office_en}{end_en}"


def _handling(scene: Scene) -> tuple[str, str]:
    end, end_en = _due(scene)
    return f"{scene.office}正在办理{end}", f"{scene.office_en} is working on it{end_en}"


def _supplement(scene: Scene) -> tuple[str, str]:
    return (
        f"{scene.office}请您补充情况，补充前不计入办理时限",
        f"{scene.office_en} needs more details from you; the clock stands until then",
    )


def _replied(scene: Scene) -> tuple[str, str]:
    return (
        f"{scene.office}已答复，请查看；不满意可以要求重办",
        f"{scene.office_en} has answered; you may ask again",
    )


def _split(scene: Scene) -> tuple[str, str]:
    return "您反映的几件事正由不同部门分别办理", "Handled in parts by several departments"


def _closed(scene: Scene) -> tuple[str, str]:
    if scene.reopen_until is None or scene.reopen_until < scene.today:
        return "已办结", "Closed"
    day = weekday_date(scene.reopen_until, this_year=scene.today.year)
    day_en = weekday_date_en(scene.reopen_until, this_year=scene.today.year)
    return f"已办结；如果问题没有解决，{day}前可以要求重办", f"Closed; you may ask again until {day_en}"


def _refused(scene: Scene) -> tuple[str, str]:
    return "不予受理，理由和可以去的地方见答复", "Not accepted; see the reason and where to turn"


def _withdrawn(scene: Scene) -> tuple[str, str]:
    if scene.shared:
        return (
            "您已撤回这件诉求，其他人反映的同一件事不受影响",
            "You withdrew this; what others reported about it is not affected",
        )
    return "您已撤回这件诉求", "You withdrew this"


def _merged(scene: Scene) -> tuple[str, str]:
    return (
        f"与编号{scene.merged_into}的诉求合并办理，进展以那一件为准",
        f"Handled together with {scene.merged_into}",
    )


_OF = {
    State.SUBMITTED: _submitted,
    State.DISPATCHED: _dispatched,
    State.HANDLING: _handling,
    State.SUPPLEMENT: _supplement,
    State.REPLIED: _replied,
    State.SPLIT: _split,
    State.CLOSED: _closed,
    State.REFUSED: _refused,
    State.WITHDRAWN: _withdrawn,
    State.MERGED: _merged,
}
