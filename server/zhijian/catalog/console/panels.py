"""The editor's tabs."""

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from zhijian.catalog.console.forms import ItemForm


def _fields(*names: str) -> list[Panel]:
    return [FieldPanel(name) for name in names]


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel(_fields(*names))


def _group(heading: str, *children: Panel) -> MultiFieldPanel:
    return MultiFieldPanel(list(children), heading=heading)


def _limit(name: str, heading: str) -> MultiFieldPanel:
    return _group(heading, _row(f"{name}_value", f"{name}_unit"), FieldPanel(f"{name}_note"))


_BASIC = [
    _group(
        "名称",
        FieldPanel("name", required_on_save=True),
        _row("name_en", "short_name"),
        *_fields("summary", "summary_en"),
    ),
    _group(
        "编码",
        FieldRowPanel([FieldPanel("base_code"), FieldPanel("code", required_on_save=True)]),
        _row("business_code", "local_code"),
    ),
    _group("属性", _row("kind", "level"), _row("case_type", "subject_nature"), *_fields("audiences")),
    _group(
        "主体",
        FieldPanel("department", required_on_save=True),
        _row("delegated_department", "handling_department"),
        *_fields("joint_departments"),
    ),
    _group("生效", _row("effective_from", "effective_to")),
]
_BASES = [
    InlinePanel("legal_bases", heading="设定依据", label="依据"),
    *_fields("power_source", "authority_scope", "exercise_content"),
]
_HANDLING = [
    _group("办理方式", _row("handling", "online_depth"), *_fields("channels", "separate_decision")),
    _limit("legal_limit", "法定办结时限"),
    _limit("promised_limit", "承诺办结时限"),
    *_fields("special_procedures", "conditions"),
    InlinePanel("steps", heading="办理流程", label="步骤"),
    InlinePanel("places", heading="办理地点", label="地点"),
    *_fields("service_hours"),
    _group("到现场", _row("visits", "in_hall"), *_fields("visits_reason")),
    _group(
        "服务方式",
        _row("online", "bookable"),
        _row("payable_online", "courier"),
        _row("kiosk", "single_sign_on"),
        _row("acceptance_scope", "system_level"),
        _row("online_url", "mobile_url"),
    ),
    _group("咨询投诉", *_fields("enquiry", "complaint")),
    _group("其他", *_fields("intermediary_services", "quantity_limit")),
]
_MATERIALS = [InlinePanel("materials", heading="材料", label="材料")]
_RESULTS = [
    _group("收费", *_fields("charged")),
    InlinePanel("fees", heading="收费项目", label="收费项目"),
    InlinePanel("results", heading="审批结果", label="结果"),
    InlinePanel("faqs", heading="常见问题", label="问题"),
]
_FORM = _fields("questions", "form")
_SHOWN = [
    _group("主题", *_fields("themes_person", "themes_legal", "life_events")),
    *_fields("search_words", "hot"),
]

edit_handler = TabbedInterface(
    [
        ObjectList(_BASIC, heading="基本信息"),
        ObjectList(_BASES, heading="设定依据"),
        ObjectList(_HANDLING, heading="办理"),
        ObjectList(_MATERIALS, heading="材料"),
        ObjectList(_RESULTS, heading="收费与结果"),
        ObjectList(_FORM, heading="情形与表单"),
        ObjectList(_SHOWN, heading="展示"),
    ],
    base_form_class=ItemForm,
)
