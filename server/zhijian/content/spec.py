"""An article as a typed value: what a version freezes, what loading reads, what rules and documents work on."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from zhijian.content.codes import Audience, Kind
from zhijian.core import item_codes
from zhijian.core.dates import Day, DayOrNone

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemLink(Part):
    """A service item that a policy changes or opens, and how."""

    code: str = Field(title="事项编码", max_length=item_codes.LENGTH)
    change: Text = Field("", title="带来的变化", max_length=200)


class MediaUse(Part):
    """A picture, video or paper of the article, by its public id."""

    media: str = Field(title="文件", max_length=26)
    caption: Text = Field("", title="说明", max_length=200)


class Correction(Part):
    """勘误: what was wrong in an earlier version."""

    on: Day = Field(title="日期")
    text: Text = Field(title="勘误内容", min_length=1, max_length=500)


class ArticleSpec(Part):
    kind: Kind = Field(title="类别")
    title: Text = Field(title="标题", min_length=1, max_length=100)
    title_en: Text = Field("", title="英文标题", max_length=200)
    department: str = Field(title="发布机构", max_length=20)
    region: str | None = Field(None, title="适用区域", max_length=12)
    document_number: Text = Field("", title="文号", max_length=60)
    issued_on: DayOrNone = Field(None, title="成文日期")
    effective_from: DayOrNone = Field(None, title="施行日期")
    effective_to: DayOrNone = Field(None, title="有效期至")
    review_by: DayOrNone = Field(None, title="复核日期")
    summary: Text = Field("", title="摘要", max_length=300)
    plain_summary: Text = Field("", title="一句话说清", max_length=150)
    body: str = Field("", title="正文", max_length=100_000)
    read_aloud: str = Field("", title="朗读文本", max_length=100_000)
    audiences: list[Audience] = Field(default_factory=list, title="适合人群")
    topics: list[str] = Field(default_factory=list, title="主题", max_length=8)
    policy: str | None = Field(None, title="解读的政策", max_length=26)
    supersedes: str | None = Field(None, title="替代的旧版政策", max_length=26)
    items: list[ItemLink] = Field(default_factory=list, title="涉及的事项", max_length=30)
    media: list[MediaUse] = Field(default_factory=list, title="图片、视频和附件", max_length=40)
    corrections: list[Correction] = Field(default_factory=list, title="勘误", max_length=30)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len({link.code for link in self.items}) != len(self.items):
            raise ValueError("同一个事项只能关联一次")
        return self

    def frozen_json(self) -> dict[str, object]:
        """Plain JSON values, for a version's column and its hash."""
        return self.model_dump(mode="json")
