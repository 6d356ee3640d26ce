"""The audit trail's events of this domain in Chinese."""

AUDITED: dict[str, str] = {"citizen.revealed": "查看个人信息"}
