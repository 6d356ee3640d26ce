"""What an item has several of. Edited in the console as rows; the columns come from the typed specification."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from zhijian.catalog import spec
from zhijian.catalog.columns import column


class ItemBasis(Orderable):
    item = ParentalKey("catalog.ServiceItem", related_name="legal_bases")
    law = column(spec.LegalBasis, "law")
    article = column(spec.LegalBasis, "article")
    text = column(spec.LegalBasis, "text")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "设定依据"


class ItemStep(Orderable):
    item = ParentalKey("catalog.ServiceItem", related_name="steps")
    name = column(spec.Step, "name")
    name_en = column(spec.Step, "name_en")
    detail = column(spec.Step, "detail")
    days = column(spec.Step, "days")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "办理流程"


class ItemPlace(Orderable):
    item = ParentalKey("catalog.ServiceItem", related_name="places")
    hall = models.ForeignKey("organizations.Hall", models.PROTECT, related_name="+", verbose_name="大厅")
    counters = column(spec.Place, "counters")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "办理地点"


class ItemMaterial(Orderable):
    item = ParentalKey("catalog.ServiceItem", related_name="materials")
    code = column(spec.Material, "code")
    name = column(spec.Material, "name")
    name_en = column(spec.Material, "name_en")
    type = column(spec.Material, "type")
    form = column(spec.Material, "form")
    necessity = column(spec.Material, "necessity")
    source = column(spec.Material, "source")
    source_note = column(spec.Material, "source_note")
    issuer = column(spec.Material, "issuer")
    time_requirement = column(spec.Material, "time_requirement")
    originals = column(spec.Material, "originals")
    copies = column(spec.Material, "copies")
    paper_size = column(spec.Material, "paper_size")
    blank_form = column(spec.Material, "blank_form")
    filled_sample = column(spec.Material, "filled_sample")
    filling_notes = column(spec.Material, "filling_notes")
    acceptance_standard = column(spec.Material, "acceptance_standard")
    basis = column(spec.Material, "basis")
    situational = column(spec.Material, "situational")
    licence_type = column(spec.Material, "licence_type")
    max_files = column(spec.Material, "max_files")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "材料"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "code"], name="material_code_once", deferrable=models.Deferrable.DEFERRED
            )
        ]


class ItemFee(Orderable):
    item = ParentalKey("catalog.ServiceItem", related_name="fees")
    name = column(spec.Fee, "name")
    standard = column(spec.Fee, "standard")
    amount = column(spec.Fee, "amount")
    basis = column(spec.Fee, "basis")
    reducible = column(spec.Fee, "reducible")
    reduction_basis = column(spec.Fee, "reduction_basis")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "收费"


class ItemResult(Orderable):
    item = ParentalKey("catalog.ServiceItem", related_name="results")
    name = column(spec.Result, "name")
    name_en = column(spec.Result, "name_en")
    kind = column(spec.Result, "kind")
    licence_type = column(spec.Result, "licence_type")
    validity_months = column(spec.Result, "validity_months")
    statement = column(spec.Result, "statement")
    validity = column(spec.Result, "validity")
    sample = column(spec.Result, "sample")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "结果"


class ItemFaq(Orderable):
    item = ParentalKey("catalog.ServiceItem", related_name="faqs")
    question = column(spec.Faq, "question")
    answer = column(spec.Faq, "answer")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "常见问题"
