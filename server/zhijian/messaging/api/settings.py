"""What a citizen wants to be told, by which channel, and when."""

from datetime import datetime, time

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import ConfigDict, Field

from zhijian.identity.auth import citizen_of
from zhijian.identity.models import Citizen
from zhijian.messaging.actions import settings as actions
from zhijian.messaging.api.router import router
from zhijian.messaging.queries.choices import Choices, choices_of, tag_of
from zhijian.messaging.rules.channels import LABELS_EN, Channel
from zhijian.messaging.rules.personal import AGE_BANDS, TOPICS
from zhijian.messaging.rules.purposes import PURPOSES, Purpose, Switches, is_locked, is_on


class ChannelSwitch(Schema):
    """``locked``: cannot be moved. An outside channel of a purpose that is off stays off."""

    code: str
    label: str
    label_en: str
    on: bool
    locked: bool


class PurposeOut(Schema):
    """``necessary`` ones stay in the inbox; the others are off until they are switched on, and one switch ends them."""

    code: str
    label: str
    label_en: str
    words: str
    words_en: str
    necessary: bool
    on: bool
    channels: list[ChannelSwitch]


class QuietOut(Schema):
    on: bool
    start: str
    end: str


class TopicOut(Schema):
    code: str
    label: str
    label_en: str
    on: bool


class DistrictOut(Schema):
    code: str
    name: str
    name_en: str


class AttributesOut(Schema):
    """``age_band_label`` is read from the confirmed id number and is empty without consent or real name."""

    on: bool
    since: datetime | None
    district: str
    age_band_label: str
    age_band_label_en: str
    districts: list[DistrictOut]


class TagOut(Schema):
    id: str
    label: str
    why: str
    since: datetime


class WechatTemplateOut(Schema):
    """``balance``: how many messages the consents given so far are good for."""

    template_id: str
    label: str
    purpose: str
    balance: int


class WechatOut(Schema):
    bound: bool
    templates: list[WechatTemplateOut]


class SettingsOut(Schema):
    purposes: list[PurposeOut]
    quiet: QuietOut
    topics: list[TopicOut]
    attributes: AttributesOut
    tags: list[TagOut]
    wechat: WechatOut


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class SwitchIn(_Strict):
    purpose: str = Field(max_length=24)
    channel: str = Field(max_length=8)
    on: bool


class QuietIn(_Strict):
    """China's wall clock, ``22:00``."""

    on: bool
    start: time
    end: time


class AttributesIn(_Strict):
    """Switching off erases district, age band and tags."""

    on: bool
    district: str = Field("", max_length=12)


class SettingsIn(_Strict):
    """A part that is absent stays as it is."""

    switches: list[SwitchIn] = Field(default_factory=list, max_length=40)
    quiet: QuietIn | None = None
    topics: list[str] | None = Field(None, max_length=40)
    attributes: AttributesIn | None = None


@router.get("/messages/settings", response=SettingsOut)
def get_settings(request: HttpRequest) -> SettingsOut:
    """消息接收设置。"""
    return _shown(citizen_of(request))


@router.put("/messages/settings", response=SettingsOut)
def put_settings(request: HttpRequest, data: SettingsIn) -> SettingsOut:
    """修改消息接收设置；有一处不对就都不改。"""
    citizen = citizen_of(request)
    quiet, attributes = data.quiet, data.attributes
    wanted = actions.Wanted(
        switches=[actions.Switch(one.purpose, one.channel, one.on) for one in data.switches],
        quiet=quiet.on if quiet else None,
        quiet_from=quiet.start if quiet else None,
        quiet_to=quiet.end if quiet else None,
        topics=data.topics,
        use_attributes=attributes.on if attributes else None,
        district=attributes.district if attributes and attributes.on else None,
    )
    actions.change_settings(citizen.actor, citizen=citizen, wanted=wanted)
    return _shown(citizen)


@router.post("/messages/settings/all-off", response=SettingsOut)
def all_off(request: HttpRequest) -> SettingsOut:
    """一键关闭：关掉所有不是办事必需的消息，不再使用个人特征。"""
    citizen = citizen_of(request)
    actions.switch_all_off(citizen.actor, citizen=citizen)
    return _shown(citizen)


@router.delete("/messages/tags/{tag_id}", response={204: None})
def delete_tag(request: HttpRequest, tag_id: str) -> Status[None]:
    """删除一个兴趣标签，不会再自动生成。"""
    citizen = citizen_of(request)
    actions.delete_tag(citizen.actor, tag=tag_of(citizen, tag_id))
    return Status(204, None)


def _shown(citizen: Citizen) -> SettingsOut:
    choices = choices_of(citizen)
    preference = choices.preference
    return SettingsOut(
        purposes=[_purpose(purpose, choices.switches) for purpose in PURPOSES.values()],
        quiet=QuietOut(
            on=preference.quiet,
            start=f"{preference.quiet_from:%H:%M}",
            end=f"{preference.quiet_to:%H:%M}",
        ),
        topics=[
            TopicOut(code=code, label=topic.label, label_en=topic.label_en, on=code in choices.topics)
            for code, topic in TOPICS.items()
        ],
        attributes=_attributes(choices),
        tags=[
            TagOut(id=tag.public_id, label=tag.code, why=tag.why, since=tag.created_at)
            for tag in choices.tags
        ],
        wechat=WechatOut(
            bound=choices.bound,
            templates=[
                WechatTemplateOut(
                    template_id=one.template_id, label=one.label, purpose=one.purpose, balance=one.balance
                )
                for one in choices.wechat
            ],
        ),
    )


def _purpose(purpose: Purpose, switches: Switches) -> PurposeOut:
    return PurposeOut(
        code=purpose.code,
        label=purpose.label,
        label_en=purpose.label_en,
        words=purpose.words,
        words_en=purpose.words_en,
        necessary=purpose.necessary,
        on=is_on(purpose, Channel.INBOX, switches),
        channels=[
            ChannelSwitch(
                code=channel,
                label=str(channel.label),
                label_en=LABELS_EN[channel],
                on=is_on(purpose, channel, switches),
                locked=is_locked(purpose, channel),
            )
            for channel in Channel
        ],
    )


def _attributes(choices: Choices) -> AttributesOut:
    preference = choices.preference
    band = AGE_BANDS.get(preference.age_band)
    return AttributesOut(
        on=preference.use_attributes,
        since=preference.consented_at,
        district=preference.district.code if preference.district else "",
        age_band_label=band.label if band else "",
        age_band_label_en=band.label_en if band else "",
        districts=[
            DistrictOut(code=region.code, name=region.name, name_en=region.name_en)
            for region in choices.districts
        ],
    )
