"""What an application must have before it may be submitted."""

from collections.abc import Collection, Iterable

from zhijian.catalog.codes import MaterialForm, Necessity
from zhijian.catalog.rules import Applied
from zhijian.catalog.spec import ItemSpec, Material
from zhijian.core.errors import FieldError


def must_be_given(material: Material) -> bool:
    """Needed online. 容缺后补 may come later, what exists on paper only is shown at the counter."""
    return material.necessity == Necessity.REQUIRED and material.form != MaterialForm.PAPER


def missing_materials(materials: Iterable[Material], given: Collection[str]) -> list[FieldError]:
    return [
        FieldError(f"/materials/{material.code}", "required", f"请上传“{material.name}”")
        for material in materials
        if must_be_given(material) and material.code not in given
    ]


def open_questions(spec: ItemSpec, applied: Applied) -> list[FieldError]:
    texts = {question.key: question.text for question in spec.questions}
    return [FieldError(f"/answers/{key}", "required", f"请选择：{texts[key]}") for key in applied.unanswered]
