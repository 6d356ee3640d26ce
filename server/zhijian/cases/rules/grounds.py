"""Grounds for stopping the clock (行政许可法 art. 45; a closed list, told to the applicant), ways of delivery."""

from django.db.models import TextChoices


class Ground(TextChoices):
    """特别程序."""

    HEARING = "hearing", "听证"
    BIDDING = "bidding", "招标、拍卖"
    TESTING = "testing", "检验、检测"
    QUARANTINE = "quarantine", "检疫"
    APPRAISAL = "appraisal", "鉴定"
    EXPERTS = "experts", "专家评审"
    PUBLICITY = "publicity", "公示"
    CORRECTION = "correction", "等待申请人补正"


class DeliveryMethod(TextChoices):
    """送达方式."""

    ELECTRONIC = "electronic", "电子送达"
    PICKUP = "pickup", "窗口领取"
    COURIER = "courier", "快递送达"
