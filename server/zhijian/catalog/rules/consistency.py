"""What a specification must be in itself before it may be reviewed or published."""

from collections import Counter
from collections.abc import Iterable, Iterator

from zhijian.catalog.codes import Handling, ResultKind
from zhijian.catalog.form_spec import FormField, FormSpec
from zhijian.catalog.rules.sentences import blanks
from zhijian.catalog.spec import ItemSpec, Limit, Question
from zhijian.core.deadlines import LimitUnit
from zhijian.core.errors import FieldError

_REQUIRED = ("name", "base_code", "code", "department", "summary", "enquiry", "complaint")
_CHOOSING = {"choice", "choices"}
_PREFILLS = {"citizen.name": "text", "citizen.id_number": "id_number", "citizen.phone": "phone"}


def check_spec(spec: ItemSpec) -> list[FieldError]:
    """Every inconsistency, in the order of the form; empty when the item can be published."""
    return [
        *_presence(spec),
        *_dates_and_limits(spec),
        *_materials(spec),
        *_fees(spec),
        *_statements(spec),
        *_questions(spec),
        *_form(spec.form),
        *_handling(spec),
    ]


def _error(path: str, code: str, message: str) -> FieldError:
    return FieldError(path=path, code=code, message=message)


def _presence(spec: ItemSpec) -> Iterator[FieldError]:
    for name in _REQUIRED:
        if not getattr(spec, name).strip():
            yield _error(f"/{name}", "required", f"请填写“{ItemSpec.model_fields[name].title}”")
    if spec.visits and not spec.visits_reason:
        yield _error("/visits_reason", "required", "需要到现场办理时，请填写“必须现场办理原因”")


def _dates_and_limits(spec: ItemSpec) -> Iterator[FieldError]:
    if spec.effective_from and spec.effective_to and spec.effective_to < spec.effective_from:
        yield _error("/effective_to", "bad_range", "“计划取消日期”不能早于“计划生效日期”")
    for name, limit in (("legal_limit", spec.legal_limit), ("promised_limit", spec.promised_limit)):
        if limit and (limit.value == 0) != (limit.unit == LimitUnit.INSTANT):
            title = ItemSpec.model_fields[name].title
            yield _error(
                f"/{name}", "bad_limit", f"“{title}”选择“即办”时数值填 0，其他单位请填写大于 0 的数值"
            )
    if _longer(spec.promised_limit, spec.legal_limit):
        yield _error("/promised_limit", "longer_than_law", "“承诺办结时限”不能长于“法定办结时限”")


def _longer(promised: Limit | None, legal: Limit | None) -> bool:
    return bool(promised and legal and promised.unit == legal.unit and promised.value > legal.value)


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _materials(spec: ItemSpec) -> Iterator[FieldError]:
    for code in _repeated(material.code for material in spec.materials):
        yield _error("/materials", "repeated", f"材料代码“{code}”重复，请修改其中一个")
    added = {code for question in spec.questions for option in question.options for code in option.adds}
    for index, material in enumerate(spec.materials):
        if not material.name:
            yield _error(f"/materials/{index}/name", "required", "请填写“材料名称”")
        if material.situational and material.code not in added:
            message = f"材料“{material.name}”标为仅情形需要，但没有任何情形选项增加它"
            yield _error(f"/materials/{index}/situational", "never_asked", message)


def _fees(spec: ItemSpec) -> Iterator[FieldError]:
    if spec.charged and not spec.fees:
        yield _error("/fees", "required", "“是否收费”为是时，请填写收费项目")
    if spec.fees and not spec.charged:
        yield _error(
            "/charged", "fees_without_charge", "已填写收费项目，请将“是否收费”改为是，或删除收费项目"
        )


def _statements(spec: ItemSpec) -> Iterator[FieldError]:
    """A certificate says what it certifies; what it takes from the form is asked there, or said when left out."""
    asked = {field.name: field for page in spec.form.pages for field in page.fields}
    for index, result in enumerate(spec.results):
        path = f"/results/{index}/statement"
        made_here = spec.handling == Handling.ONLINE and result.kind == ResultKind.CERTIFICATE
        if made_here and not result.statement:
            yield _error(path, "required", f"请填写“{result.name}”的“证明内容”：写明它证明什么")
        for name, otherwise in blanks(result.statement):
            field = asked.get(name)
            if field is None:
                yield _error(path, "unknown_field", f"“证明内容”中的“{name}”不是申请表的字段")
            elif otherwise is None and (not field.required or field.show_if or field.type == "date"):
                yield _error(
                    path,
                    "may_be_empty",
                    f"“证明内容”中的“{name}”可能没有可用的内容，请写成 {{{name}|没有时的说法}}",
                )


def _questions(spec: ItemSpec) -> Iterator[FieldError]:
    for key in _repeated(question.key for question in spec.questions):
        yield _error("/questions", "repeated", f"情形问题的代码“{key}”重复")
    for index, question in enumerate(spec.questions):
        yield from _options(question, f"/questions/{index}", spec)


def _options(question: Question, path: str, spec: ItemSpec) -> Iterator[FieldError]:
    materials = {material.code for material in spec.materials}
    halls = {place.hall for place in spec.places}
    for key in _repeated(option.key for option in question.options):
        yield _error(path, "repeated", f"“{question.text}”的选项代码“{key}”重复")
    for option in question.options:
        where = f"情形“{question.text}”的选项“{option.label}”"
        for code in [*option.adds, *option.removes]:
            if code not in materials:
                yield _error(path, "unknown_material", f"{where}用到的材料“{code}”不在材料清单中")
        for hall in option.halls:
            if hall not in halls:
                yield _error(path, "unknown_hall", f"{where}用到的大厅“{hall}”不在办理地点中")


def _form(form: FormSpec) -> Iterator[FieldError]:
    fields = [field for page in form.pages for field in page.fields]
    for name in _repeated(field.name for field in fields):
        yield _error("/form", "repeated", f"表单字段“{name}”重复")
    for key in _repeated(page.key for page in form.pages):
        yield _error("/form", "repeated", f"表单页代码“{key}”重复")
    before: set[str] = set()
    for field in fields:
        yield from _field(field, before)
        before.add(field.name)


def _field(field: FormField, before: set[str]) -> Iterator[FieldError]:
    path = f"/form/{field.name}"
    if field.type in _CHOOSING and not field.options:
        yield _error(path, "no_options", f"表单字段“{field.label}”没有选项")
    if field.min is not None and field.max is not None and field.min > field.max:
        yield _error(path, "bad_range", f"表单字段“{field.label}”的最小值大于最大值")
    yield from _prefilled(field, path)
    if field.show_if and field.show_if.field not in before:
        yield _error(path, "unknown_condition", f"表单字段“{field.label}”的显示条件只能引用它前面的字段")
    if (field.type == "group") != bool(field.fields):
        yield _error(path, "bad_group", f"表单字段“{field.label}”：重复组要有下级字段，其他类型不能有")
    for name in _repeated(inner.name for inner in field.fields):
        yield _error(path, "repeated", f"重复组“{field.label}”的下级字段“{name}”重复")
    for inner in field.fields:
        if inner.type == "group":
            yield _error(path, "nested_group", f"重复组“{field.label}”里不能再有重复组")
        if inner.prefill:
            message = f"重复组“{field.label}”里的“{inner.label}”是别人的信息，不能用申请人的信息填充，请去掉 prefill"
            yield _error(path, "bad_prefill", message)
        yield from _field(inner, before)


def _prefilled(field: FormField, path: str) -> Iterator[FieldError]:
    wanted = _PREFILLS.get(field.prefill, field.type)
    if field.type != wanted:
        message = f"表单字段“{field.label}”用 {field.prefill} 填充，类型应为 {wanted}"
        yield _error(path, "bad_prefill", message)


def _handling(spec: ItemSpec) -> Iterator[FieldError]:
    if spec.handling == Handling.ONLINE and not spec.form.pages:
        yield _error("/form", "required", "可网上申请的事项需要申请表单")
    if spec.handling == Handling.ONLINE and not spec.online:
        yield _error("/online", "handling_differs", "本平台可网上申请时，“是否网办”应为是")
    if spec.handling == Handling.VISIT and not spec.places:
        yield _error("/places", "required", "需要到场办理的事项，请填写办理地点")
