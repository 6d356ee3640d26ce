"""The item as it is being edited. What citizens and cases see is an :class:`ItemVersion`, never this row."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from zhijian.catalog.columns import column
from zhijian.catalog.spec import ItemSpec
from zhijian.core import item_codes
from zhijian.core.deadlines import LimitUnit
from zhijian.core.item_codes import RULES
from zhijian.editorial.models import Reviewed, ReviewStep

_LIMIT_PAIR = "{0}_limit_stated_whole"


def _limit_columns(name: str) -> tuple[Any, Any, Any]:
    """Number, unit and note: two columns in the workbook, three here."""
    return (
        models.PositiveIntegerField(
            f"{name}（数值）", null=True, blank=True, validators=[MaxValueValidator(3650)]
        ),
        models.CharField(f"{name}（单位）", max_length=20, choices=LimitUnit.choices, blank=True, default=""),
        models.CharField(f"{name}说明", max_length=200, blank=True, default=""),
    )


class ReviewTask(ReviewStep):
    class Meta:
        verbose_name = verbose_name_plural = "事项审核环节"


class ServiceItem(Reviewed):
    """事项."""

    objects: ClassVar[models.Manager["ServiceItem"]] = models.Manager()

    name = column(ItemSpec, "name")
    name_en = column(ItemSpec, "name_en")
    short_name = column(ItemSpec, "short_name")
    base_code = models.CharField(
        "基本编码",
        max_length=item_codes.BASE_LENGTH,
        validators=[RegexValidator(item_codes.BASE_PATTERN, "基本编码" + RULES[item_codes.BASE_PATTERN])],
    )
    code = models.CharField(
        "实施编码",
        max_length=item_codes.LENGTH,
        unique=True,
        validators=[RegexValidator(item_codes.PATTERN, "实施编码" + RULES[item_codes.PATTERN])],
        error_messages={"unique": "这个实施编码已经用于另一个事项"},
    )
    business_code = models.CharField(
        "业务办理项编码",
        max_length=item_codes.BUSINESS_LENGTH,
        blank=True,
        default="",
        validators=[
            RegexValidator(item_codes.BUSINESS_PATTERN, "业务办理项编码" + RULES[item_codes.BUSINESS_PATTERN])
        ],
    )
    local_code = column(ItemSpec, "local_code")
    kind = column(ItemSpec, "kind")
    level = column(ItemSpec, "level")
    authority_scope = column(ItemSpec, "authority_scope")
    exercise_content = column(ItemSpec, "exercise_content")
    department = models.ForeignKey(
        "organizations.Department", models.PROTECT, related_name="items", verbose_name="实施主体"
    )
    subject_nature = column(ItemSpec, "subject_nature")
    delegated_department = column(ItemSpec, "delegated_department")
    power_source = column(ItemSpec, "power_source")
    effective_from = column(ItemSpec, "effective_from")
    effective_to = column(ItemSpec, "effective_to")

    legal_limit_value, legal_limit_unit, legal_limit_note = _limit_columns("法定办结时限")
    promised_limit_value, promised_limit_unit, promised_limit_note = _limit_columns("承诺办结时限")
    special_procedures = column(ItemSpec, "special_procedures")
    case_type = column(ItemSpec, "case_type")

    summary = column(ItemSpec, "summary")
    summary_en = column(ItemSpec, "summary_en")
    conditions = column(ItemSpec, "conditions")
    joint_departments = column(ItemSpec, "joint_departments")
    handling_department = column(ItemSpec, "handling_department")
    intermediary_services = column(ItemSpec, "intermediary_services")
    quantity_limit = column(ItemSpec, "quantity_limit")
    audiences = column(ItemSpec, "audiences")
    themes_person = column(ItemSpec, "themes_person")
    themes_legal = column(ItemSpec, "themes_legal")
    life_events = column(ItemSpec, "life_events")
    channels = column(ItemSpec, "channels")
    acceptance_scope = column(ItemSpec, "acceptance_scope")
    system_level = column(ItemSpec, "system_level")
    service_hours = column(ItemSpec, "service_hours")
    visits = column(ItemSpec, "visits")
    visits_reason = column(ItemSpec, "visits_reason")
    online_depth = column(ItemSpec, "online_depth")
    online = column(ItemSpec, "online")
    in_hall = column(ItemSpec, "in_hall")
    bookable = column(ItemSpec, "bookable")
    payable_online = column(ItemSpec, "payable_online")
    courier = column(ItemSpec, "courier")
    kiosk = column(ItemSpec, "kiosk")
    single_sign_on = column(ItemSpec, "single_sign_on")
    online_url = column(ItemSpec, "online_url")
    mobile_url = column(ItemSpec, "mobile_url")
    enquiry = column(ItemSpec, "enquiry")
    complaint = column(ItemSpec, "complaint")

    charged = column(ItemSpec, "charged")
    questions = models.JSONField("情形", default=list, blank=True)
    form = models.JSONField("申请表单", default=dict, blank=True)
    handling = column(ItemSpec, "handling")
    separate_decision = column(ItemSpec, "separate_decision")
    search_words = column(ItemSpec, "search_words")
    hot = column(ItemSpec, "hot")

    class Meta:
        verbose_name = verbose_name_plural = "事项"
        ordering = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name=_LIMIT_PAIR.format(name),
                condition=Q(**{f"{name}_limit_value__isnull": True, f"{name}_limit_unit": ""})
                | Q(**{f"{name}_limit_value__isnull": False}) & ~Q(**{f"{name}_limit_unit": ""}),
                violation_error_message="时限的数值和单位要一起填写",
            )
            for name in ("legal", "promised")
        ] + [
            models.CheckConstraint(
                name="item_effective_range",
                condition=Q(effective_from__isnull=True)
                | Q(effective_to__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                violation_error_message="计划取消日期不能早于计划生效日期",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
