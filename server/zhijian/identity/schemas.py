"""What the citizen API of this domain takes and gives."""

from datetime import datetime

from ninja import Field, Schema


class CodeRequest(Schema):
    phone: str = Field(max_length=80, description="大陆手机号")


class CodeSent(Schema):
    resend_after: int = Field(description="多少秒后可以再次获取")
    sandbox_inbox: str | None = Field(None, description="仅演示环境：查看模拟短信的页面")


class LogIn(Schema):
    phone: str = Field(max_length=80)
    code: str = Field(max_length=40)
    device: str = Field("", max_length=200)


class Me(Schema):
    id: str
    phone_masked: str
    name_masked: str | None
    id_masked: str | None
    real_name: bool
    locale: str
    elder_mode: bool
    saved_materials: int = Field(description="可以直接使用、不必再交的材料份数")


class LoggedIn(Schema):
    token: str
    citizen: Me


class SessionInfo(Schema):
    id: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


class SettingsChange(Schema):
    locale: str | None = Field(None, max_length=10)
    elder_mode: bool | None = None


class RealName(Schema):
    name: str = Field(max_length=200)
    id_number: str = Field(max_length=80)


class DemoCitizen(Schema):
    phone: str
    label: str


class AskDelegation(Schema):
    phone: str = Field(max_length=80, description="家人的手机号")
    relation: str = Field(max_length=30, description="您怎么称呼对方，例如“母亲”")


class DelegationInfo(Schema):
    """``mine`` is true when I am the one who may act; ``relation`` is then how I call the other."""

    id: str
    mine: bool
    relation: str
    name_masked: str
    phone_masked: str
    agreed: bool
    asked_at: datetime
