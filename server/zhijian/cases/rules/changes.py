"""What changed between two versions of an item, told to a citizen whose draft is open."""

from collections.abc import Iterator, Mapping
from typing import Any

from zhijian.catalog.rules import fee_text, limit_text
from zhijian.catalog.spec import ItemSpec, Material


def differences(before: ItemSpec, after: ItemSpec) -> list[str]:
    """Sentences, the weightiest first; one general sentence when only other parts of the guide changed."""
    found = [*_materials(before, after), *_form(before, after), *_terms(before, after)]
    return found or ["办事指南的其他内容有更新，您的填写和材料不受影响"]


def _materials(before: ItemSpec, after: ItemSpec) -> Iterator[str]:
    old = {material.code: material for material in before.materials}
    new = {material.code: material for material in after.materials}
    for code in new.keys() - old.keys():
        yield f"新增材料“{new[code].name}”"
    for code in old.keys() - new.keys():
        yield f"不再需要材料“{old[code].name}”"
    for code in sorted(old.keys() & new.keys()):
        if _asked(old[code]) != _asked(new[code]):
            yield f"材料“{new[code].name}”的要求有变化"


def _asked(material: Material) -> tuple[object, ...]:
    return (
        material.name,
        material.type,
        material.form,
        material.necessity,
        material.acceptance_standard,
        material.time_requirement,
        material.max_files,
    )


def _form(before: ItemSpec, after: ItemSpec) -> Iterator[str]:
    old, new = _fields(before), _fields(after)
    for name in new.keys() - old.keys():
        yield f"表单新增“{new[name]['label']}”"
    for name in old.keys() - new.keys():
        yield f"表单不再填写“{old[name]['label']}”"
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield f"表单“{new[name]['label']}”的填写要求有变化"


def _fields(spec: ItemSpec) -> Mapping[str, dict[str, Any]]:
    return {field.name: field.model_dump() for page in spec.form.pages for field in page.fields}


def _terms(before: ItemSpec, after: ItemSpec) -> Iterator[str]:
    if before.promised_limit != after.promised_limit:
        yield f"承诺办结时限改为{limit_text(after.promised_limit) or '不作承诺'}"
    if fee_text(before) != fee_text(after):
        yield f"收费改为：{fee_text(after)}"
    if before.conditions != after.conditions:
        yield "受理条件有变化，请重新核对"
    if before.questions != after.questions:
        yield "办理情形的选项有变化，请重新选择"
