"""不予受理 and 不予许可: reasons, law, and the ways to object.

行政许可法 art. 38; 行政复议法 art. 20, 24; 行政诉讼法 art. 46.
"""

from zhijian.core.errors import FieldError

REMEDIES = (
    "您如不服本决定，可以自收到之日起60日内向{authority}的本级人民政府申请行政复议，"
    "也可以自收到之日起6个月内依法向人民法院提起行政诉讼。"
)


def remedies(department: str) -> str:
    return REMEDIES.format(authority=department)


def incomplete(*, reasons: str, law: str) -> list[FieldError]:
    errors = []
    if len(reasons.strip()) < 5:
        errors.append(FieldError("/reasons", "required", "请写明理由，让申请人看得懂"))
    if not law.strip():
        errors.append(FieldError("/law", "required", "请写明所依据的法律条款"))
    return errors
