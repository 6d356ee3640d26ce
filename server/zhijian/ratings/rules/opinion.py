"""What a rating may say: stars, the tags that belong to them, the dimensions. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from zhijian.core.errors import FieldError

MAX_COMMENT = 500  # characters
MAX_TAGS = 10
STARS = range(1, 6)
POOR = 2
"""Up to this many stars a rating is put right and answered (差评整改)."""


@dataclass(frozen=True, slots=True)
class Words:
    """``code``, and what it is called in both languages."""

    code: str
    label: str
    label_en: str


STAR_LABELS = {
    1: ("非常不满意", "Very dissatisfied"),
    2: ("不满意", "Dissatisfied"),
    3: ("基本满意", "Fairly satisfied"),
    4: ("满意", "Satisfied"),
    5: ("非常满意", "Very satisfied"),
}

DIMENSIONS = (
    Words("overall", "总体满意度", "Overall"),
    Words("efficiency", "办事效率", "Efficiency"),
    Words("accuracy", "指南准确度", "Accuracy of the guide"),
    Words("convenience", "办事便捷度", "Convenience"),
    Words("platform", "平台好用度", "Ease of use"),
)

# The national codes of 好差评: the first digit is the number of stars that a tag goes with.
TAGS = (
    Words("108", "在办事指南之外增加审批条件", "Asked for conditions that the guide does not list"),
    Words("109", "要求提供指南之外的申请材料", "Asked for documents that the guide does not list"),
    Words("110", "无理由超过法定办理时间", "Took longer than the law allows without a reason"),
    Words("111", "提供的样本有错误", "The sample documents were wrong"),
    Words("112", "承诺网上收取申请材料却不能", "Promised to take documents online but did not"),
    Words("113", "多个部门或窗口来回跑", "Sent from counter to counter"),
    Words("114", "跑动次数与承诺不符", "More visits than promised"),
    Words("115", "服务态度差、效率低", "Unfriendly and slow service"),
    Words("207", "没有提供材料样本", "No sample documents"),
    Words("208", "没有提供材料清单", "No list of documents"),
    Words("209", "未按承诺时间办结", "Not finished in the promised time"),
    Words("210", "重复提交证明材料", "Had to prove the same thing twice"),
    Words("211", "承诺全程网办却不能", "Promised fully online but was not"),
    Words("212", "预约后仍要重复取号", "Had to queue again in spite of a booking"),
    Words("213", "工作人员业务不熟练", "Staff did not know the procedure well"),
    Words("214", "服务态度生硬", "Curt service"),
    Words("307", "一次性告知需补正的内容", "Told once what had to be corrected"),
    Words("308", "提供了材料样本", "Sample documents were provided"),
    Words("309", "在承诺时间内办结", "Finished in the promised time"),
    Words("310", "办事指引准确", "The guidance was accurate"),
    Words("311", "按照指南就能办成", "Following the guide was enough"),
    Words("312", "结果可以快递送达", "The result came by courier"),
    Words("313", "跑动次数与承诺一致", "As many visits as promised"),
    Words("314", "服务态度一般", "Ordinary service"),
    Words("406", "只填一张表单", "A single form to fill in"),
    Words("407", "线上提交材料、窗口核验", "Documents sent online, checked at the counter"),
    Words("408", "一张清单告知全部材料", "One list named every document"),
    Words("409", "告知承诺减少了材料", "A declaration replaced documents"),
    Words("410", "可以在线预约办理", "Could be booked online"),
    Words("411", "一次就办完", "Done in one go"),
    Words("412", "可以用自助机办理", "Could be done at a self-service machine"),
    Words("413", "服务态度较好", "Friendly service"),
    Words("510", "一个窗口一次办结", "One counter, one visit"),
    Words("511", "可以先受理后补材料", "Accepted first, documents later"),
    Words("512", "免于提交证明", "No certificates needed"),
    Words("513", "全程网上办理", "Fully online"),
    Words("514", "手机就能办", "Done on the phone"),
    Words("515", "可以就近办理", "Done close to home"),
    Words("516", "不用提交任何材料", "No documents needed at all"),
    Words("517", "服务热情、效率高", "Warm and efficient service"),
)


OFFLINE_DIMENSIONS = (
    Words("efficiency", "办事效率", "Efficiency"),
    Words("level", "业务水平", "Competence"),
    Words("attitude", "服务态度", "Attitude"),
)
Channel: TypeAlias = Literal["online", "offline"]
ONLINE: Final = "online"
OFFLINE: Final = "offline"


def dimensions_for(channel: str) -> tuple[Words, ...]:
    """What is rated apart: handling online, or at a counter (``OFFLINE``)."""
    return OFFLINE_DIMENSIONS if channel == OFFLINE else DIMENSIONS


def tags_for(stars: int) -> list[Words]:
    return [tag for tag in TAGS if tag.code[0] == str(stars)]


def is_poor(stars: int) -> bool:
    return stars <= POOR


def satisfaction(stars: int) -> int:
    """The 满意度 code of GB/T 39046, which runs the other way: 1 = very satisfied, 5 = very dissatisfied."""
    return 6 - stars


def stars_of(satisfaction_code: int) -> int:
    """The inverse of :func:`satisfaction`, for ratings that come from other systems."""
    return 6 - satisfaction_code


def faults(
    *,
    stars: int,
    tags: Collection[str],
    dimensions: Mapping[str, int],
    comment: str,
    channel: str = ONLINE,
) -> list[FieldError]:
    """Everything that is wrong with a rating; empty if it may be taken."""
    found = []
    if stars not in STARS:
        found.append(FieldError("/stars", "range", "请选择一到五颗星"))
    allowed = {tag.code for tag in tags_for(stars)}
    if not set(tags) <= allowed or len(tags) > MAX_TAGS or len(set(tags)) != len(tags):
        found.append(FieldError("/tags", "choice", "所选标签与星级不一致，请重新选择"))
    known = {dimension.code for dimension in dimensions_for(channel)}
    if not dimensions.keys() <= known or any(value not in STARS for value in dimensions.values()):
        found.append(FieldError("/dimensions", "range", "每个分项请选择一到五颗星"))
    if len(comment) > MAX_COMMENT:
        found.append(FieldError("/comment", "too_long", f"文字评价最多{MAX_COMMENT}个字，请缩短"))
    return found
