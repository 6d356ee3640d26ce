"""The audit trail's events of this domain in Chinese."""

AUDITED: dict[str, str] = {"calendar.entered": "录入工作日历"}
