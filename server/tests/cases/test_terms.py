"""Which law a clock names."""

import pytest
from catalog.factories import make_spec

from zhijian.cases.queries.terms import law_of

WHO = {"law": "《居住证暂行条例》", "article": "第二条", "text": "公民离开常住户口所在地，可以申领居住证。"}
WHEN = {"law": "《居住证暂行条例》", "article": "第九条", "text": "应当自受理之日起15日内制作发放居住证。"}
HALF = {"law": "《居住证暂行条例》", "article": "第三条", "text": "居住半年以上的，应当登记。"}


@pytest.mark.parametrize(
    ("bases", "law"),
    [
        ([WHO, WHEN], "《居住证暂行条例》第九条"),
        ([WHEN, WHO], "《居住证暂行条例》第九条"),
        ([WHO, WHEN | {"text": "二十个工作日内作出决定。"}], "《居住证暂行条例》第九条"),
        ([WHO, HALF], "《居住证暂行条例》"),  # no basis sets a time: no article is claimed
    ],
)
def test_the_basis_that_sets_a_time(bases: list[dict[str, str]], law: str) -> None:
    assert law_of(make_spec(kind="07", legal_bases=bases)) == law


def test_a_permit_follows_the_licensing_law() -> None:
    assert law_of(make_spec(kind="01", legal_bases=[WHEN])) == "《中华人民共和国行政许可法》第四十二条"
