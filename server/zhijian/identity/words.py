"""The audit trail's events of this domain in Chinese."""

AUDITED: dict[str, str] = {
    "citizen.registered": "自然人：注册",
    "citizen.real_named": "自然人：实名认证",
    "citizen.settings": "自然人：修改设置",
    "citizens.loaded": "载入演示人员",
    "citizens.demo_closed": "关闭演示人员",
    "login_code.requested": "申请登录验证码",
    "delegation.asked": "代办：请求",
    "delegation.agreed": "代办：同意",
    "delegation.ended": "代办：解除",
    "delegation.foreign": "代办：越权访问",
    "session.started": "申请人登录",
    "session.ended": "申请人退出",
    "session.others_ended": "申请人退出其他设备",
}
