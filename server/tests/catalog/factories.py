"""Invented items, complete and consistent, small enough to read."""

from typing import Any

from organizations.factories import DepartmentFactory, HallFactory, StaffFactory

from zhijian.catalog.actions import publish, save_draft
from zhijian.catalog.models import ItemVersion
from zhijian.catalog.spec import ItemSpec
from zhijian.core.actor import SYSTEM
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import Post

FORM: dict[str, Any] = {
    "pages": [
        {
            "key": "person",
            "title": "申请人",
            "fields": [
                {"name": "name", "type": "text", "label": "姓名", "prefill": "citizen.name", "max": 30},
                {"name": "address", "type": "address", "label": "居住地址"},
                {"name": "people", "type": "number", "label": "人数", "min": 1, "max": 10, "required": False},
            ],
        }
    ]
}


def spec_data(**changes: Any) -> dict[str, Any]:
    """A residence-permit-like item as JSON; ``changes`` replace top-level fields."""
    data: dict[str, Any] = {
        "name": "居住证申领",
        "name_en": "Residence permit",
        "short_name": "居住证",
        "base_code": "0007090020",
        "code": "990100000709002001",
        "kind": "07",
        "legal_bases": [
            {
                "law": "《居住证暂行条例》",
                "article": "第九条",
                "text": "应当自受理之日起15日内制作发放居住证。",
            }
        ],
        "level": "4",
        "department": "ga",
        "legal_limit": {"value": 15, "unit": "working_day"},
        "promised_limit": {"value": 10, "unit": "working_day"},
        "summary": "您在本市居住半年以上，可以办理。",
        "summary_en": "For whoever has lived here for half a year.",
        "conditions": ["在本市居住满半年"],
        "steps": [{"name": "提交申请"}, {"name": "审核"}],
        "audiences": ["1"],
        "themes_person": ["户籍身份"],
        "channels": ["1", "3"],
        "places": [{"hall": "city", "counters": "A1"}, {"hall": "south", "counters": "B1"}],
        "enquiry": "0999-0101000",
        "complaint": "0999-12345",
        "materials": [
            {"code": "id_card", "name": "居民身份证", "licence_type": "id_card"},
            {"code": "lease", "name": "租房合同", "situational": True},
            {"code": "deed", "name": "房产证明", "situational": True},
        ],
        "results": [{"name": "居住证", "kind": "licence", "licence_type": "residence_permit"}],
        "faqs": [{"question": "要不要钱？", "answer": "首次办理不收费。"}],
        "questions": [
            {
                "key": "home",
                "text": "您住的房子是？",
                "options": [
                    {"key": "rent", "label": "租的", "adds": ["lease"], "note": "合同要在有效期内"},
                    {
                        "key": "own",
                        "label": "自己的",
                        "adds": ["deed"],
                        "halls": ["south"],
                        "promised_limit": {"value": 5, "unit": "working_day"},
                    },
                ],
            }
        ],
        "handling": "online",
        "online": True,
        "form": FORM,
        "search_words": ["暂住证", "外地人办证"],
        "hot": 90,
    }
    return data | changes


def make_spec(**changes: Any) -> ItemSpec:
    return ItemSpec.model_validate(spec_data(**changes))


def make_city() -> Department:
    """The department and the halls that :func:`spec_data` names."""
    for code in ("city", "south"):
        HallFactory(code=code)
    return DepartmentFactory(code="ga", name="云州市公安局", short_name="公安局")


def make_published(**changes: Any) -> ItemVersion:
    """A version in force. Needs :func:`make_city`."""
    return publish(SYSTEM, item=save_draft(SYSTEM, spec=make_spec(**changes)))


def make_staff(post: Post, department: Department) -> Staff:
    return StaffFactory(department=department, posts=[post])
