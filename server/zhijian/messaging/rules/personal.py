"""What a person may tell about themselves so that messages fit: topics, district, age band. All of it optional."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhijian.identity.rules import age_on, birth_date


@dataclass(frozen=True, slots=True)
class Words:
    code: str
    label: str
    label_en: str


_TOPICS = (
    Words("employment", "就业创业", "Jobs and business"),
    Words("housing", "住房保障", "Housing"),
    Words("education", "教育入学", "Schools and education"),
    Words("health", "医疗健康", "Health"),
    Words("social_security", "社保医保", "Social and medical insurance"),
    Words("elderly", "养老助老", "Older people"),
    Words("childcare", "生育托育", "Birth and childcare"),
    Words("residence", "户籍居住", "Residence"),
    Words("transport", "交通出行", "Transport"),
    Words("enterprise", "惠企政策", "Support for enterprises"),
    Words("environment", "生态环境", "Environment"),
    Words("culture", "文化体育", "Culture and sports"),
)
TOPICS = {topic.code: topic for topic in _TOPICS}

#: Topics of articles that are cut otherwise than ours; the others are called the same.
_ARTICLES = {
    "newcomer": {"residence"},
    "birth": {"childcare", "education"},
    "employment": {"employment", "social_security"},
    "business": {"enterprise"},
}


def topics_of(articles: Iterable[str]) -> set[str]:
    """Our topics to which those of an article belong."""
    return {ours for topic in articles for ours in _ARTICLES.get(topic, {topic}) if ours in TOPICS}


_BANDS = (
    Words("0-17", "18岁以下", "Under 18"),
    Words("18-34", "18至34岁", "18 to 34"),
    Words("35-59", "35至59岁", "35 to 59"),
    Words("60-", "60岁及以上", "60 and over"),
)
AGE_BANDS = {band.code: band for band in _BANDS}
_UPPER = ((18, "0-17"), (35, "18-34"), (60, "35-59"))


def age_band(id_number: str, *, today: date) -> str:
    """The band of the age that an id number states; "" if it states none."""
    born = birth_date(id_number) if len(id_number) == 18 else None
    if born is None or born > today:
        return ""
    age = age_on(born, today)
    return next((band for below, band in _UPPER if age < below), "60-")
