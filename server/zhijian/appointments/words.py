"""The audit trail's events of this domain in Chinese."""

AUDITED: dict[str, str] = {
    "booking.held": "预约：占号",
    "booking.confirmed": "预约：确认",
    "booking.changed": "预约：改期",
    "booking.cancelled": "预约：取消",
    "booking.foreign": "预约：越权访问他人预约",
    "booking.priority": "预约：无资格选优先号",
    "waiting.joined": "候补：登记",
    "waiting.left": "候补：退出",
    "waiting.offered": "候补：通知有号",
    "waiting.foreign": "候补：越权访问他人候补",
    "no_show.appealed": "未到场：申诉",
    "no_show.excused": "未到场：撤销记录",
    "no_show.upheld": "未到场：维持记录",
}
