"""Names as keyboards give them are brought to the one way of writing that registers use."""

import pytest

from zhijian.core.names import person


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jean\u2013Luc Martin", "Jean-Luc Martin"),
        ("Anne\u2010Marie", "Anne-Marie"),
        ("D`Angelo", "D'Angelo"),
        ("O\u02bcBrien", "O'Brien"),
        ("O\u2019Brien", "O’Brien"),  # registers keep it
        ("买买提\u2022艾力", "买买提·艾力"),
        ("吴\U0003106f", "吴\U0003106f"),
        ("\u202e张三", "张三"),
    ],
)
def test_what_keyboards_give(typed: str, kept: str) -> None:
    assert person(typed) == kept
