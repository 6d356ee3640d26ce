"""Names that people and attackers give to files."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.files.names import tidy


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("身份证 正面.jpg", "身份证 正面.pdf"),
        ("C:\\Users\\me\\合同.docx", "合同.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "文件.pdf"),
        (".pdf", "文件.pdf"),
        ("..", "文件.pdf"),
        ("a\u202egpj.exe", "agpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ('a"<b>|?*.png', "ab.pdf"),
        ("v1.2 终稿.pdf", "v1.2 终稿.pdf"),
        ("吴\U0003106f㛃𠮷.jpg", "吴\U0003106f㛃𠮷.pdf"),
        ("长" * 300, "长" * 100 + ".pdf"),
    ],
)
def test_tidy(given_name: str, kept: str) -> None:
    assert tidy(given_name, extension="pdf") == kept


@given(st.text(max_size=300))
def test_any_name_becomes_harmless(text: str) -> None:
    name = tidy(text, extension="pdf")
    assert 4 < len(name) <= 104
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in name)
