"""What a concluded application says of a person's interests: the themes of its item, nothing of its content."""

from dataclasses import dataclass

from zhijian.cases.models import Case
from zhijian.identity.models import Citizen


@dataclass(frozen=True, slots=True)
class Interest:
    citizen: Citizen
    theme: str
    why: str


def interest_of(case_id: str) -> Interest | None:
    """The first theme of the case's item; None for an item without one."""
    case = Case.objects.select_related("citizen", "item_version").get(public_id=case_id)
    themes = case.item_version.spec["themes_person"]
    if not themes:
        return None
    return Interest(case.citizen, themes[0], f"您在这里办过“{case.item_name}”")
