"""One sentence that says where a case stands. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.cases.rules.states import State
from zhijian.core.dates import weekday_date, weekday_date_en

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence speaks of. ``due`` is the day by which the stage ends."""

    state: State
    office: str
    office_en: str
    due: date | None
    today: date
    overdue: bool = False
    corrected: bool = False
    refused: bool = False
    delivery: str = DeliveryMethod.ELECTRONIC


def sentence(scene: Scene) -> Pair:
    """Chinese and English."""
    return _SAY[scene.state](scene)


def _by(scene: Scene, words: str, words_en: str) -> Pair:
    """The promise, honestly: overdue says so."""
    if scene.due is None:
        return "", ""
    if scene.overdue:
        return "，已超过承诺的时间，我们正在督办", ". It is past its promised date and is being followed up"
    day, day_en = (
        weekday_date(scene.due, this_year=scene.today.year),
        weekday_date_en(scene.due, this_year=scene.today.year),
    )
    return f"，最晚{day}前{words}", f", {words_en} by {day_en} at the latest"


def _submitted(scene: Scene) -> Pair:
    what, what_en = ("补正材料", "your correction") if scene.corrected else ("申请", "your application")
    by, by_en = _by(scene, "告知是否受理", "you will be told whether it is accepted")
    return f"{scene.office}已收到您的{what}{by}", f"{scene.office_en} has received {what_en}{by_en}"


def _correction(scene: Scene) -> Pair:
    if scene.due is None:
        return "需要您补正", "Your correction is needed"
    if scene.overdue:
        return (
            "补正期限已过，请尽快提交或联系办理部门",
            "The time for correction is over: submit soon or call the office",
        )
    day, day_en = (
        weekday_date(scene.due, this_year=scene.today.year),
        weekday_date_en(scene.due, this_year=scene.today.year),
    )
    return f"需要您补正，请在{day}前提交", f"Your correction is needed by {day_en}"


def _working(words: str, words_en: str) -> Callable[[Scene], Pair]:
    def say(scene: Scene) -> Pair:
        by, by_en = _by(scene, "办结", "to be completed")
        return f"{scene.office}{words}{by}", f"{scene.office_en} {words_en}{by_en}"

    return say


def _fixed(words: str, words_en: str) -> Callable[[Scene], Pair]:
    def say(scene: Scene) -> Pair:
        return words.format(office=scene.office), words_en.format(office=scene.office_en)

    return say


def _delivering(scene: Scene) -> Pair:
    if scene.delivery == DeliveryMethod.COURIER:
        return "结果已寄出，收到后请确认", "The result is on its way. Please confirm when it arrives"
    return "结果已做好，请到窗口领取", "The result is ready for you at the counter"


def _concluded(scene: Scene) -> Pair:
    if scene.refused:
        return (
            "已办结：没有获得批准，理由和救济途径见下方",
            "Completed: refused. See the reasons and how to object below",
        )
    return "已办结", "Completed"


_SAY: dict[State, Callable[[Scene], Pair]] = {
    State.DRAFT: _fixed("还没有提交，填写的内容已保存", "Not submitted yet. What you filled in is saved"),
    State.SUBMITTED: _submitted,
    State.CORRECTION: _correction,
    State.REJECTED: _fixed(
        "{office}没有受理这次申请，理由和救济途径见下方",
        "{office} did not accept this application. See the reasons and how to object below",
    ),
    State.ACCEPTED: _working("已受理", "has accepted your application"),
    State.REVIEWING: _working("正在审查", "is reviewing your application"),
    State.SUSPENDED: _fixed(
        "{office}正在进行特别程序，期间暂停计时，完成后继续审查",
        "{office} is carrying out a special procedure. The clock is paused until it is done",
    ),
    State.DECIDING: _working("已审查完毕，正在作出决定", "has finished the review and is deciding"),
    State.APPROVED: _fixed("已获批准，正在准备制作结果", "Approved. The result will be made next"),
    State.REFUSED: _fixed(
        "{office}没有批准这次申请，理由和救济途径见下方",
        "{office} refused this application. See the reasons and how to object below",
    ),
    State.ISSUING: _fixed("已获批准，正在制作结果", "Approved. The result is being made"),
    State.DELIVERING: _delivering,
    State.CONCLUDED: _concluded,
    State.WITHDRAWN: _fixed("您已撤回这次申请", "You withdrew this application"),
    State.RETURNED: _fixed(
        "{office}退回了这次申请，原因见办理记录", "{office} returned this application. See why below"
    ),
    State.VOIDED: _fixed("这个办件已作废，原因见办理记录", "This case was voided. See why below"),
    State.ARCHIVED: _concluded,
}
