"""What people turn to the government with."""

from typing import Final

from django.db.models import TextChoices


class TicketKind(TextChoices):
    """诉求类型."""

    ENQUIRY = "enquiry", "咨询"
    COMPLAINT = "complaint", "投诉"
    SUGGESTION = "suggestion", "建议"
    REPORT = "report", "上报问题"
    PRAISE = "praise", "表扬"


Kind = TicketKind
"""Short in this domain; the API's schema bears the long name, as another domain has a ``Kind`` too."""


LABELS_EN: Final[dict[Kind, str]] = {
    Kind.ENQUIRY: "Enquiry",
    Kind.COMPLAINT: "Complaint",
    Kind.SUGGESTION: "Suggestion",
    Kind.REPORT: "Report a problem",
    Kind.PRAISE: "Praise",
}

#: Two letters in a ticket's number, after the pinyin of the kind.
LETTERS: Final[dict[Kind, str]] = {
    Kind.ENQUIRY: "ZX",
    Kind.COMPLAINT: "TS",
    Kind.SUGGESTION: "JY",
    Kind.REPORT: "SB",
    Kind.PRAISE: "BY",
}


class PlaceKind(TextChoices):
    """How a place was given."""

    NONE = "none", "没有地点"
    MAP = "map", "地图位置"
    HALL = "hall", "政务大厅"
    ADDRESS = "address", "文字地址"


class PlaceNeed(TextChoices):
    """Whether a category asks for a place."""

    NONE = "none", "不需要"
    OPTIONAL = "optional", "选填"
    REQUIRED = "required", "必填"
