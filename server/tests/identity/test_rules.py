"""Check digits, masks, limits: tables, and properties over all inputs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.factories import id_number

from zhijian.identity import rules
from zhijian.identity.rules import CodeVerdict

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
births = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)


@given(born=births, serial=st.integers(0, 999))
def test_a_sound_number_passes(born: date, serial: int) -> None:
    number = id_number(serial, born=f"{born:%Y%m%d}")
    assert rules.id_number_fault(number, today=TODAY) is None
    assert rules.birth_date(number) == born


@given(born=births, serial=st.integers(0, 999), place=st.integers(0, 17), digit=st.integers(0, 9))
def test_one_wrong_digit_is_always_found(born: date, serial: int, place: int, digit: int) -> None:
    number = id_number(serial, born=f"{born:%Y%m%d}")
    changed = number[:place] + str(digit) + number[place + 1 :]
    assert (rules.id_number_fault(changed, today=TODAY) is None) == (changed == number)


@given(born=births, serial=st.integers(0, 999), place=st.integers(0, 16))
def test_two_digits_swapped_are_always_found(born: date, serial: int, place: int) -> None:
    number = id_number(serial, born=f"{born:%Y%m%d}")
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (rules.id_number_fault(swapped, today=TODAY) is None) == (swapped == number)


@given(st.text(max_size=24))
def test_any_text_gets_an_answer(text: str) -> None:
    fault = rules.id_number_fault(rules.clean_id_number(text), today=TODAY)
    assert fault is None or fault in rules.ID_NUMBER_WORDS
    assert len(rules.clean_phone(text)) in {0, 11}
    assert rules.clean_name(rules.clean_name(text)) == rules.clean_name(text)
    assert rules.clean_device(text).isprintable()


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("11010519491231002X", None),  # the example of GB 11643
        ("11010519491231002x", "shape"),  # cleaned to upper case before
        ("110105194912310021", "checksum"),
        ("11010519491331002X", "birth_date"),
        ("110105299912310021", "birth_date"),
        ("110105189912310021", "birth_date"),
        ("11010519491231002", "shape"),
        ("110105194912310020X", "shape"),
        ("１１０１０５19491231002X", "shape"),
        ("", "shape"),
    ],
)
def test_id_numbers(number: str, fault: str | None) -> None:
    assert rules.id_number_fault(number, today=TODAY) == fault


def test_the_lower_case_x_and_spaces_are_forgiven() -> None:
    assert rules.clean_id_number(" 110105 19491231 002x ") == "11010519491231002X"


@pytest.mark.parametrize(
    ("born", "age"),
    [("20121122", 14), ("20121123", 13), ("20260101", 0), ("20080229", 18), ("19260101", 100)],
)
def test_age_and_guardian(born: str, age: int) -> None:
    number = id_number(born=born)
    assert rules.age_on(rules.birth_date(number) or TODAY, TODAY) == age
    assert rules.needs_guardian(number, today=TODAY) == (age < 14)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("19900001234", "19900001234"),
        ("+86 199-0000-1234", "19900001234"),
        (" 199 0000 1234 ", "19900001234"),
        ("12900001234", ""),
        ("1990000123", ""),
        ("199000012345", ""),
        ("１９９00001234", "19900001234"),
        ("0999-0101000", ""),
        ("19900001234; drop", ""),
        ("", ""),
    ],
)
def test_phones(text: str, phone: str) -> None:
    assert rules.clean_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("林试验", "林试验"),
        (" 林 试验 ", "林试验"),
        ("张　三", "张三"),
        ("欧阳 试验", "欧阳试验"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽··买买提", "阿依古丽·买买提"),
        ("阿依古丽 ・ 买买提", "阿依古丽·买买提"),
        ("阿依古丽 买买提", "阿依古丽·买买提"),  # no register has six letters in one
        ("阿依古丽．阿不都．买买提", "阿依古丽·阿不都·买买提"),
        ("·林试", "林试"),
        ("𬭼某", "𬭼某"),
        ("张〇", "张〇"),
        ("\U000323b0某", "\U000323b0某"),  # of a plane that Python may not know yet
        ("林\ufe00试\U000e0100", "林试"),
        ("\ufa11山试", "\ufa11山试"),  # a compatibility ideograph is a name of its own
        ("\ue863试", "\ue863试"),  # private use, as old registers have it
        ("\u202d林试\u202c\u200b", "林试"),
        ("林", "林"),
        ("林" * 31, "林" * 31),
        ("JOHN  SMITH", "JOHN SMITH"),
        ("Sean O'Brien", "Sean O'Brien"),
        ("SMITH, JOHN A.", "SMITH, JOHN A."),
        ("Jean-Luc Müller", "Jean-Luc Müller"),
        ("ＪＯＨＮ", "JOHN"),
        ("山田 たろう", "山田 たろう"),
        ("林1", ""),
        ("19900001234", ""),
        ("<b>林</b>", ""),
        ("林😀", ""),
        ("·", ""),
        ("' -", ""),
        ("林" * 101, ""),
        ("", ""),
    ],
)
def test_names(text: str, name: str) -> None:
    assert rules.clean_name(text) == name


@pytest.mark.parametrize(
    ("kind", "clear", "masked"),
    [
        (rules.mask_name, "张三", "张*"),
        (rules.mask_name, "张三丰", "张**"),
        (rules.mask_name, "张", "*"),
        (rules.mask_name, "", ""),
        (rules.mask_id, "110105194912310021", "1101**********0021"),
        (rules.mask_id, "12345678", "********"),
        (rules.mask_phone, "19900001234", "199****1234"),
        (rules.mask_phone, "1234567", "*******"),
    ],
)
def test_masks(kind: object, clear: str, masked: str) -> None:
    assert kind(clear) == masked  # type: ignore[operator]


@given(st.text(max_size=40))
def test_masks_keep_the_length_and_never_more_than_eight_characters(text: str) -> None:
    for mask, most in ((rules.mask_name, 1), (rules.mask_id, 8), (rules.mask_phone, 7)):
        masked = mask(text)
        assert len(masked) == len(text)
        assert sum(one != "*" for one in masked) <= most


@pytest.mark.parametrize(
    ("matches", "used", "expired", "attempts", "verdict"),
    [
        (True, False, False, 0, CodeVerdict.RIGHT),
        (True, False, False, 4, CodeVerdict.RIGHT),
        (True, False, False, 5, CodeVerdict.LOCKED),
        (False, False, False, 5, CodeVerdict.LOCKED),
        (False, False, False, 0, CodeVerdict.WRONG),
        (False, True, True, 0, CodeVerdict.WRONG),  # only who knows the code learns what became of it
        (True, True, False, 0, CodeVerdict.USED),
        (True, True, True, 0, CodeVerdict.USED),
        (True, False, True, 0, CodeVerdict.EXPIRED),
    ],
)
def test_verdicts(matches: bool, used: bool, expired: bool, attempts: int, verdict: CodeVerdict) -> None:
    assert rules.code_verdict(matches=matches, used=used, expired=expired, attempts=attempts) is verdict


def _wait(phone_ages: list[float], address_ages: list[float]) -> int:
    """Ages in seconds."""
    return rules.code_wait(
        now=NOW,
        phone_times=[NOW - timedelta(seconds=age) for age in phone_ages],
        address_times=[NOW - timedelta(seconds=age) for age in address_ages],
        per_day=3,
        per_hour=4,
    )


@pytest.mark.parametrize(
    ("phone_ages", "address_ages", "wait"),
    [
        ([], [], 0),
        ([60], [60], 0),
        ([59.5], [59.5], 1),
        ([1], [1], 59),
        ([100, 200], [100, 200], 0),
        ([100, 200, 86_000], [], 400),
        ([], [10, 20, 30, 3000], 600),
        ([], [10, 20, 30], 0),
        ([100, 200, 300], [], 86_100),
    ],
)
def test_waits(phone_ages: list[float], address_ages: list[float], wait: int) -> None:
    assert _wait(phone_ages, address_ages) == wait


@given(st.lists(st.floats(0, 86_399), max_size=8), st.lists(st.floats(0, 3_599), max_size=8))
def test_after_the_wait_one_may_ask(phone_ages: list[float], address_ages: list[float]) -> None:
    wait = _wait(phone_ages, address_ages)
    later = NOW + timedelta(seconds=wait)
    phone = [NOW - timedelta(seconds=age) for age in phone_ages]
    address = [NOW - timedelta(seconds=age) for age in address_ages]
    again = rules.code_wait(
        now=later,
        phone_times=[time for time in phone if time > later - timedelta(days=1)],
        address_times=[time for time in address if time > later - timedelta(hours=1)],
        per_day=3,
        per_hour=4,
    )
    assert again == 0


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("微信 · iPhone 15", "微信 · iPhone 15"),
        ("a \n b\x00\u202ec", "a bc"),
        ("", "未知设备"),
        ("x" * 100, "x" * 60),
    ],
)
def test_device_names(text: str, device: str) -> None:
    assert rules.clean_device(text) == device
