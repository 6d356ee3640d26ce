"""Materials and their files, documents that the platform makes, and the result."""

from django.db import models
from django.db.models import Q

from zhijian.cases.models.case import Case
from zhijian.core.fields import EncryptedText, PublicIdField


class CaseMaterial(models.Model):
    """One material of the item as given in this case; a row exists once something was given or asked."""

    class State(models.TextChoices):
        GIVEN = "given", "已提交"
        FLAGGED = "flagged", "需补正"
        ACCEPTED = "accepted", "已核收"

    case = models.ForeignKey(Case, models.CASCADE, related_name="materials")
    code = models.CharField("材料编码", max_length=40)
    name = models.CharField("材料名称", max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.GIVEN)
    words = EncryptedText("意见", default=str)

    class Meta:
        verbose_name = verbose_name_plural = "材料"
        constraints = [models.UniqueConstraint(name="case_material_once", fields=["case", "code"])]

    def __str__(self) -> str:
        return self.name


class CaseFile(models.Model):
    """A file given for a material: uploaded, or reused from a licence or an earlier case."""

    class Source(models.TextChoices):
        UPLOAD = "upload", "上传"
        LICENCE = "licence", "电子证照"
        FILE = "file", "以往材料"

    public_id = PublicIdField()
    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    material = models.ForeignKey(CaseMaterial, models.CASCADE, related_name="files")
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.UPLOAD)
    licence = models.ForeignKey("licences.Licence", models.PROTECT, null=True, related_name="+")
    upload_id = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "材料文件"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="case_upload_once", fields=["case", "upload_id"], condition=~Q(upload_id="")
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class CaseDocument(models.Model):
    """A document of the platform's making, such as the receipt. One of a kind a case."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", "收件凭证"
        ACCEPTANCE = "acceptance", "受理通知书"
        CORRECTION = "correction", "补正告知书"
        DECISION = "decision", "决定书"

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        constraints = [models.UniqueConstraint(name="case_document_once", fields=["case", "kind"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class CaseResult(models.Model):
    """The licence or certificate in which the case ended."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="result")
    licence = models.OneToOneField("licences.Licence", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "办理结果"

    def __str__(self) -> str:
        return str(self.licence_id)
