"""Personal data in free text: measured on marked sentences, and properties that hold for any text."""

from itertools import pairwise

import pytest
from bench.masking import score, sentences
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijian.tickets.rules.masking import WORDS, Span, find, mask
from zhijian.tickets.rules.masking.numbers import luhn

KINDS = sorted(WORDS)


def test_what_is_found_and_what_is_left_alone() -> None:
    result = score(sentences())
    assert result.sentences >= 300
    assert result.precision >= 0.95, result.faults
    assert result.recall >= 0.95, result.faults


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_hides_behind_the_others(kind: str) -> None:
    marked = [(text, [span for span in spans if span.kind == kind]) for text, spans in sentences()]
    assert score([row for row in marked if row[1]]).recall >= 0.9


def test_a_third_of_the_sentences_hold_nothing_personal_and_most_stay_whole() -> None:
    plain = [text for text, spans in sentences() if not spans]
    assert len(plain) >= 150
    assert sum(bool(find(text)) for text in plain) / len(plain) <= 0.03


@settings(max_examples=300)
@given(st.text(alphabet="我叫张伟电话联系人住平安路号栋室微信0123456789 -aAxX云B·，。@.１２", max_size=60))
def test_any_text_is_cut_cleanly(text: str) -> None:
    spans = find(text)
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.kind in WORDS for span in spans)


@settings(max_examples=200)
@given(st.integers(0, 9999), st.sampled_from(["请回电{}谢谢", "手机:{}", "{}", "（{}）"]))
def test_every_mobile_is_hidden_wherever_it_stands(tail: int, frame: str) -> None:
    phone = f"1990000{tail:04d}"
    assert phone not in mask(frame.format(phone))


def test_what_is_hidden_says_what_it_was() -> None:
    assert mask("我叫钱文博，电话19900001234") == "我叫【姓名】，电话【电话号码】"
    assert mask("路灯坏了") == "路灯坏了"
    assert mask("abc", [Span(1, 2, "id")]) == "a【身份证号】c"


def test_telephones_of_offices_are_no_secret() -> None:
    text = "城管局0999-0101143没有人接，请打0999-5012345"
    assert [text[span.start : span.end] for span in find(text, public={"09990101143"})] == ["0999-5012345"]


@pytest.mark.parametrize(
    ("number", "sound"), [("4111111111111111", True), ("4111111111111112", False), ("0", True)]
)
def test_luhn(number: str, sound: bool) -> None:
    assert luhn(number) is sound
