"""The item specification 实施清单 as one typed value: what is imported, exported, versioned and compiled.

Field names are those of the columns of :class:`zhijian.catalog.models.ServiceItem`; Chinese titles are the
names of GB/T 39046 table 4 and serve as the workbook's column heads. ``*_en`` texts are optional: the app
falls back to Chinese, marked as such for screen readers.
"""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from zhijian.catalog.codes import (
    Audience,
    CaseType,
    Channel,
    Handling,
    ItemKind,
    Level,
    MaterialForm,
    MaterialSource,
    MaterialType,
    Necessity,
    OnlineDepth,
    ResultKind,
    SpecialProcedure,
    SubjectNature,
)
from zhijian.catalog.form_spec import FormSpec, Key, Line, Spec, Words
from zhijian.core.dates import DayOrNone
from zhijian.core.deadlines import LimitUnit
from zhijian.core.item_codes import BASE_PATTERN, BUSINESS_PATTERN, PATTERN, tidy


class Limit(Spec):
    """A time limit 时限. ``value`` is 0 for 即办."""

    value: int = Field(ge=0, le=3650, title="数值")
    unit: LimitUnit = Field(title="单位")
    note: Line = Field("", title="说明")


class LegalBasis(Spec):
    """设定依据: the law and its article, with the text that is relied on."""

    law: Line
    article: Line = ""
    text: Words = ""


class Step(Spec):
    """One step of 办理流程."""

    name: Line
    name_en: Line = ""
    detail: Words = ""
    days: Line = ""


class Material(Spec):
    """材料 with its attributes. ``situational`` ones are asked only when a situation's answer adds them."""

    code: Key
    name: Line = Field(title="材料名称")
    name_en: Line = ""
    type: MaterialType = Field(MaterialType.ORIGINAL, title="材料类型")
    form: MaterialForm = Field(MaterialForm.BOTH, title="材料形式")
    necessity: Necessity = Field(Necessity.REQUIRED, title="材料必要性")
    source: MaterialSource = Field(MaterialSource.APPLICANT, title="来源渠道")
    source_note: Line = Field("", title="来源渠道说明")
    issuer: Line = Field("", title="出具单位")
    time_requirement: Line = Field("", title="时间要求")
    originals: int = Field(1, ge=0, le=20, title="原件份数")
    copies: int = Field(0, ge=0, le=20, title="复印件份数")
    paper_size: Line = Field("", title="纸张规格")
    blank_form: Line = Field("", title="空白表格", description="空白表格的文件名")
    filled_sample: Line = Field("", title="示例样表")
    filling_notes: Words = Field("", title="填报须知")
    acceptance_standard: Words = Field("", title="受理标准")
    basis: Words = Field("", title="要求提供材料的依据")
    situational: bool = Field(False, title="仅情形需要")
    licence_type: str = Field("", title="可复用证照类型", description="持有此类证照的人免交这份材料")
    max_files: int = Field(5, ge=1, le=20, title="文件数上限")


class Fee(Spec):
    """收费."""

    name: Line = Field(title="收费项目名称")
    standard: Line = Field(title="收费标准")
    amount: Decimal | None = Field(None, ge=0, max_digits=10, decimal_places=2, title="金额（元）")
    basis: Words = Field("", title="收费依据")
    reducible: bool = Field(False, title="是否允许减免")
    reduction_basis: Words = Field("", title="减免依据")


class Result(Spec):
    """审批结果. ``validity_months`` 0 means without term."""

    name: Line = Field(title="结果名称")
    name_en: Line = ""
    kind: ResultKind = Field(ResultKind.CERTIFICATE, title="结果类型")
    licence_type: str = Field("", title="证照类型编码")
    validity_months: int = Field(0, ge=0, le=1200, title="有效期（月）")
    statement: Words = Field(
        "",
        title="证明内容",
        description="证明类结果必填：写明证明什么。{字段名} 填入申请表的内容，{字段名|没有填写时的说法}",
    )
    validity: Words = Field(
        "", title="有效期说明", description="印在结果上；空表示按有效期印，没有期限的证明不印长期有效"
    )
    sample: Line = Field("", title="结果样本")


class Faq(Spec):
    """常见问题."""

    question: Line = Field(title="问题")
    answer: Words = Field(title="解答")


class Option(Spec):
    """An answer of a situation question, and what choosing it changes."""

    key: Key
    label: Line
    label_en: Line = ""
    adds: list[Key] = Field(default_factory=list, description="另外需要的材料代码")
    removes: list[Key] = Field(default_factory=list, description="不再需要的材料代码")
    fee: Line = Field("", description="替换收费说明；空表示不变")
    promised_limit: Limit | None = None
    halls: list[Line] = Field(default_factory=list, description="大厅编码；空表示不变")
    note: Words = ""
    note_en: Words = ""
    blocks: Words = Field("", description="选择后不能网上申请的原因；空表示可以")


class Question(Spec):
    """情形: one question; an item asks at most three."""

    key: Key
    text: Line
    text_en: Line = ""
    options: list[Option] = Field(min_length=2, max_length=8)


class Place(Spec):
    """办理地点: a hall and its counters for this item."""

    hall: Line
    counters: Line = ""


class ItemSpec(Spec):
    """One service item, complete."""

    # identity
    name: Line = Field(title="事项名称")
    name_en: Line = ""
    short_name: Line = Field("", title="事项简称", description="显示在首页图标下，最多六个字")
    base_code: Annotated[str, BeforeValidator(tidy), StringConstraints(pattern=BASE_PATTERN)] = Field(
        title="基本编码"
    )
    code: Annotated[str, BeforeValidator(tidy), StringConstraints(pattern=PATTERN)] = Field(title="实施编码")
    business_code: Annotated[str, BeforeValidator(tidy), StringConstraints(pattern=BUSINESS_PATTERN)] = Field(
        "", title="业务办理项编码"
    )
    local_code: Line = Field("", title="地方编码")
    kind: ItemKind = Field(title="事项类型")
    legal_bases: list[LegalBasis] = Field(min_length=1, title="设定依据")
    level: Level = Field(title="行使层级")
    authority_scope: Words = Field("", title="权限划分")
    exercise_content: Words = Field("", title="行使内容")
    department: Line = Field(title="实施主体", description="部门编码")
    subject_nature: SubjectNature = Field(SubjectNature.STATUTORY, title="实施主体性质")
    delegated_department: Line = Field("", title="委托部门")
    power_source: Line = Field("", title="权力来源")
    effective_from: DayOrNone = Field(None, title="计划生效日期")
    effective_to: DayOrNone = Field(None, title="计划取消日期")
    # time
    legal_limit: Limit | None = Field(None, title="法定办结时限")
    promised_limit: Limit | None = Field(None, title="承诺办结时限")
    special_procedures: list[SpecialProcedure] = Field(default_factory=list, title="特别程序")
    case_type: CaseType = Field(CaseType.PROMISED, title="办件类型")
    # service
    summary: Line = Field(title="适用说明", description="一句话说明适合谁办")
    summary_en: Line = ""
    conditions: list[Words] = Field(min_length=1, title="受理条件")
    steps: list[Step] = Field(min_length=1, title="办理流程")
    joint_departments: list[Line] = Field(default_factory=list, title="联办机构")
    handling_department: Line = Field("", title="承办机构")
    intermediary_services: Words = Field("", title="中介服务")
    quantity_limit: Words = Field("", title="数量限制")
    audiences: list[Audience] = Field(min_length=1, title="服务对象")
    themes_person: list[Line] = Field(default_factory=list, title="个人服务主题")
    themes_legal: list[Line] = Field(default_factory=list, title="法人服务主题")
    life_events: list[Line] = Field(default_factory=list, title="人生事件")
    channels: list[Channel] = Field(min_length=1, title="办理形式")
    acceptance_scope: Line = Field("", title="通办范围")
    system_level: Level | None = Field(None, title="运行系统层级")
    places: list[Place] = Field(default_factory=list, title="办理地点")
    service_hours: Words = Field("", title="办理时间")
    # None is unknown; a guide that says nothing must not promise that nobody has to come.
    visits: int | None = Field(None, ge=0, le=9, title="到办事现场次数")
    visits_reason: Words = Field("", title="必须现场办理原因")
    online_depth: OnlineDepth = Field(OnlineDepth.CONSULT, title="网上办理深度")
    online: bool = Field(False, title="是否网办")
    in_hall: bool = Field(True, title="是否进驻大厅")
    bookable: bool = Field(False, title="是否支持预约")
    payable_online: bool = Field(False, title="是否支持网上支付")
    courier: bool = Field(False, title="是否支持物流快递")
    kiosk: bool = Field(False, title="是否支持终端办理")
    single_sign_on: bool = Field(True, title="是否支持单点登录")
    online_url: Line = Field("", title="网办地址")
    mobile_url: Line = Field("", title="移动端办理地址")
    enquiry: Line = Field(title="咨询方式")
    complaint: Line = Field(title="监督投诉方式")
    # result, fee, materials, questions
    materials: list[Material] = Field(default_factory=list, title="材料")
    charged: bool = Field(False, title="是否收费")
    fees: list[Fee] = Field(default_factory=list, title="收费")
    results: list[Result] = Field(default_factory=list, title="结果")
    faqs: list[Faq] = Field(default_factory=list, title="常见问题")
    questions: list[Question] = Field(default_factory=list, max_length=3, title="情形")
    # how this platform handles it
    handling: Handling = Field(title="本平台办理方式")
    form: FormSpec = Field(default_factory=FormSpec, title="申请表单")
    separate_decision: bool = Field(False, title="审查与决定分离")
    search_words: list[Line] = Field(
        default_factory=list, title="搜索用语", description="群众习惯的说法，每行一个"
    )
    hot: int = Field(0, ge=0, le=100, title="常用排序", description="数字越大越靠前；0 表示不在首页显示")

    def model_dump_json_ready(self) -> dict[str, Any]:
        """As plain JSON values, defaults kept, so that equal specs have equal bytes."""
        return self.model_dump(mode="json")
