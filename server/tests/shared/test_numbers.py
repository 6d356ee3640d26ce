"""One file of what people write; the app's tests read it too, so the two sides cannot drift apart."""

import json
import string
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.cases.rules import deliveries
from zhijian.core import names, numbers
from zhijian.identity import rules
from zhijian.identity.rules import id_number_fault

VECTORS = json.loads((Path(__file__).parent / "vectors" / "numbers.json").read_text())
TODAY = date(2026, 11, 22)
CLEANERS: dict[str, Callable[[str], str]] = {
    "phone": numbers.phone,
    "id_number": numbers.id_number,
    "credit_code": numbers.credit_code,
    "code": numbers.code,
    "day": numbers.day,
}
JUDGES: dict[str, Callable[[str], bool]] = {
    "phone": numbers.is_phone,
    "id_number": lambda number: id_number_fault(number, today=TODAY) is None,
    "credit_code": numbers.is_credit_code,
    "day": numbers.is_day,
}
# Digits among all that gets between them on paper, keyboards and clipboards.
pasted = st.text(
    st.one_of(
        st.sampled_from(string.digits),
        st.sampled_from("xX×+()（）-－—−‑ \u3000\u00a0\u200b\u202d\ufeff\n转分机.*#ＥｘT１９０８６"),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("kind", "case"), [(kind, case) for kind in CLEANERS for case in VECTORS[kind]], ids=str
)
def test_every_spelling_is_cleaned_and_judged(kind: str, case: dict[str, Any]) -> None:
    cleaned = CLEANERS[kind](case["raw"])
    assert cleaned == case["cleaned"]
    if kind in JUDGES:
        assert JUDGES[kind](cleaned) == case["valid"]
    if kind == "phone":
        assert bool(numbers.mobile(case["raw"])) == case["mobile"]


def digits(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in string.digits)


@pytest.mark.parametrize("kind", CLEANERS)
@given(text=pasted)
def test_cleaning_again_changes_nothing(kind: str, text: str) -> None:
    cleaned = CLEANERS[kind](text)
    assert CLEANERS[kind](cleaned) == cleaned


@given(text=pasted)
def test_no_digit_is_ever_lost(text: str) -> None:
    written = digits(text)
    for clean in (numbers.code, numbers.id_number, numbers.credit_code):
        assert digits(clean(text)) == written
    # Of a telephone only the country may go, and the area's 0 may come; of one abroad the 0 dialled at home may go.
    kept = digits(numbers.phone(text))
    possible = {kept, f"86{kept}", f"0086{kept}", f"86{kept[1:]}", f"0086{kept[1:]}"}
    if numbers.phone(text).startswith("+"):
        possible |= {f"00{kept}"} | {f"{kept[:place]}0{kept[place:]}" for place in range(len(kept))}
        possible |= {f"00{kept[:place]}0{kept[place:]}" for place in range(len(kept))}
    assert written in possible


@given(
    number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    noise=st.lists(
        st.sampled_from(["", " ", "-", "\u200b", "\u202d", "—", "\u3000", "－"]), min_size=11, max_size=11
    ),
    prefix=st.sampled_from(["", "+86", "0086", "86", "+86 ", "（+86）"]),
    wide=st.booleans(),
)
def test_a_mobile_number_comes_through_any_noise(
    number: str, noise: list[str], prefix: str, wide: bool
) -> None:
    written = "".join(between + digit for between, digit in zip(noise, number, strict=True))
    if wide:
        written = written.translate({ord(digit): ord(digit) + 0xFEE0 for digit in string.digits})
    assert numbers.mobile(prefix + written) == number


def test_all_that_cannot_be_seen_goes() -> None:
    for category, fill in (("Cc", ""), ("Cf", ""), ("Zs", ""), ("Zl", ""), ("Zp", ""), ("Pd", "")):
        of_it = [chr(sign) for sign in range(0x110000) if unicodedata.category(chr(sign)) == category]
        kept = [hex(ord(sign)) for sign in of_it if numbers.code(f"12{sign}34") != f"12{fill}34"]
        assert not kept, category


@given(
    number=st.text(st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"), min_size=17, max_size=17),
    place=st.integers(0, 16),
)
def test_one_wrong_sign_of_a_credit_code_is_found(number: str, place: int) -> None:
    shaped = number[:2] + "990100" + number[8:]
    whole = shaped + numbers.credit_code_check(shaped)
    assert numbers.is_credit_code(whole)
    other = "1" if whole[place] != "1" else "2"
    assert not numbers.is_credit_code(whole[:place] + other + whole[place + 1 :])


@pytest.mark.parametrize("code", ["91350100M000100Y43"])
def test_the_standards_own_example_passes(code: str) -> None:
    assert numbers.is_credit_code(code)


@given(st.text(max_size=60))
def test_a_name_is_cleaned_once(text: str) -> None:
    assert names.person(names.person(text)) == names.person(text)


@pytest.mark.parametrize("case", VECTORS["phone"], ids=str)
def test_log_in_and_families_take_what_a_form_takes_as_a_mobile(case: dict[str, Any]) -> None:
    assert rules.clean_phone(case["raw"]) == (case["cleaned"] if case["mobile"] else "")


@pytest.mark.parametrize("case", VECTORS["phone"], ids=str)
def test_a_courier_takes_what_a_form_takes(case: dict[str, Any]) -> None:
    given = {"method": "courier", "address": "某路1号", "receiver": "某人", "phone": case["raw"]}
    paths = {fault.path for fault in deliveries.wrong(given, courier=True, halls=[])}
    assert ("/phone" not in paths) == case["valid"]
    assert deliveries.tidy(given)["phone"] == case["cleaned"]
