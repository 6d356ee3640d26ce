"""Every template: what it says, that it repeats itself exactly, that it stays paper-sized."""

import io
import json
import re
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
import typst
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from zhijian.core import pdf
from zhijian.core.pdf import typesetting
from zhijian.core.pdf.typesetting import typeset

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "pdf"
SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))
DRAWN = {"qr", "seal_words", "demo"}
# Values that a sample holds for other templates of its kind, or that are drawn and not written.
NOT_PRINTED = {
    "receipt": {"qr", "seal_words"},
    "acceptance": {"qr", "seal_words", "handler_department"},
    "correction": {"qr", "seal_words"},
    "decision": {"qr", "seal_words"},
    "approval": {"qr", "seal_words", "item", "number", "received_at", "valid_from", "valid_to", "phone"},
    "certificate": {"qr", "seal_words"},
    "residence_permit": {"qr", "seal_words", "date"},
}
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)


def sample(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text())
    return loaded


def words(document: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())


def test_every_template_has_a_sample() -> None:
    assert sorted(path.stem for path in TEMPLATES.glob("*.typ") if path.stem != "paper") == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_fills_one_page_of_a4_and_repeats_itself_to_the_byte(name: str) -> None:
    document = pdf.render(name, sample(name))
    assert document == pdf.render(name, sample(name))
    page, *more = PdfReader(io.BytesIO(document)).pages
    assert not more
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert len(document) < 120_000


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_the_sample_is_printed(name: str) -> None:
    data = sample(name)
    text = words(pdf.render(name, data))
    for key in data.keys() - (NOT_PRINTED.get(name, set()) | DRAWN):
        for part in leaves(data[key]):
            assert "".join(part.split()) in text, key
    assert "第1页，共1页" in text


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [str(value)]


def test_refusal_names_both_remedies_with_their_periods() -> None:
    text = words(pdf.render("decision", sample("decision")))
    assert "六十日内向云州市人民政府申请行政复议" in text
    assert "六个月内依法向云州市澄湖区人民法院提起行政诉讼" in text


def test_long_lists_run_over_pages_with_numbers() -> None:
    data = sample("receipt")
    data["materials"] = data["materials"] * 20
    text = words(pdf.render("receipt", data))
    assert "第1页，共" in text
    assert "第2页，共" in text


@pytest.mark.parametrize(("demo", "marked"), [(True, True), (False, False)])
def test_demonstration_is_marked_as_such(demo: bool, marked: bool) -> None:
    with override_settings(DEMO=demo):
        text = words(pdf.render("receipt", sample("receipt")))
    assert ("演示文件，不具有法律效力" in text) == marked


@pytest.mark.parametrize("name", ["nothing", "../secrets", "paper.typ", "", "Receipt"])
def test_unknown_template(name: str) -> None:
    with pytest.raises(pdf.UnknownTemplate):
        pdf.render(name, {})


def test_absent_value_is_an_error_not_a_hole() -> None:
    data = sample("decision")
    del data["reasons"]
    with pytest.raises(typst.TypstError):
        pdf.render("decision", data)


@pytest.mark.parametrize(
    "attack", ['#read("/etc/passwd")', "#panic()", "*粗*", "]#[", "\\", '"', "$x$", "= 标题"]
)
def test_values_are_data_never_markup(attack: str) -> None:
    text = words(pdf.render("receipt", sample("receipt") | {"applicant": attack}))
    assert "".join(attack.split()) in text


@settings(max_examples=25)
@given(LETTERS, LETTERS)
def test_any_office_and_name_can_be_printed(office: str, applicant: str) -> None:
    assert pdf.render("acceptance", sample("acceptance") | {"office": office, "applicant": applicant})


@pytest.mark.parametrize("office", ["局", "云州市公安局", "云州市人力资源和社会保障局澄湖分局", "云" * 30])
def test_seal_stays_on_the_page_whatever_the_name(office: str) -> None:
    _, place = typeset("certificate", sample("certificate") | {"office": office})
    assert place is not None
    assert place.page == 1
    assert 0 < place.x < 595 - place.size
    assert 0 < place.y < 842 - place.size


# Extensions A to H of Unicode, and what GB 18030 puts among the rare: each really is in somebody's name.
RARE_NAMES = ["张𪡏", "陈𭀖", "周𱍐", "王𠮷", "䶮", "刘𬭚", "𬱖", "𰻝", "李〇", "㛃", "𠅤"]
NOWHERE = "\U00032000"  # no font has it yet


def extracted(document: bytes) -> str:
    """As other offices' programs read the paper."""
    told = subprocess.run(["pdftotext", "-", "-"], input=document, capture_output=True, check=True)
    return "".join(told.stdout.decode().split()).replace("\u200b", "")


@pytest.mark.parametrize("template", ["residence_permit", "certificate", "approval", "receipt"])
@pytest.mark.parametrize("name", RARE_NAMES)
def test_rare_characters_of_names_are_printed_and_read_back(template: str, name: str) -> None:
    data = sample(template) | {"applicant": name}
    if "facts" in data:
        data["facts"] = [[label, name if label == "姓名" else words] for label, words in data["facts"]]
    document, _ = typeset(template, data)
    assert name in extracted(document)
    assert name in words(document)


@pytest.mark.parametrize("template", [name for name in NAMES if name not in {"poster", "demo_material"}])
def test_nothing_is_sealed_with_a_missing_glyph(template: str, caplog: pytest.LogCaptureFixture) -> None:
    data = sample(template)
    label = "office" if template in {"residence_permit", "certificate"} else "applicant"
    with pytest.raises(pdf.MissingGlyph) as refusal:
        pdf.render_sealed(template, data | {label: f"王{NOWHERE}和{NOWHERE}"}, reason="试验")
    assert refusal.value.characters == NOWHERE
    for said in (str(refusal.value), repr(refusal.value.__cause__), caplog.text):
        assert NOWHERE not in said  # it is part of somebody's name


def test_a_font_that_is_installed_later_is_found_without_a_restart(tmp_path: Path) -> None:
    data = sample("receipt") | {"applicant": "陈𭀖"}
    with override_settings(HOME=tmp_path):
        typesetting.forget_fonts()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(typesetting, "_SYSTEM_FONTS", False)
            with pytest.raises(pdf.MissingGlyph):
                typeset("receipt", data)
            (tmp_path / "fonts").mkdir()
            shutil.copy("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", tmp_path / "fonts")
            document, _ = typeset("receipt", data)
    typesetting.forget_fonts()
    assert "陈𭀖" in words(document)


def test_what_is_not_sealed_shows_a_box_and_raises_an_alarm_that_names_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    text = words(pdf.render("receipt", sample("receipt") | {"applicant": f"王{NOWHERE}"}))
    assert "申请人王" in text
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert NOWHERE not in caplog.text


LONG = {
    "Chinese": "临川省平江市花园县青石镇石板街" * 8,
    "letters": "W" * 150,
    "words": "Flat 12, Wellington Mansions, " * 6,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_address_is_printed_whole_and_over_nothing(kind: str) -> None:
    data = sample("residence_permit")
    data["facts"] = [[label, LONG[kind] if "地址" in label else words] for label, words in data["facts"]]
    document, _ = typeset("residence_permit", data)
    lines = bounds(document)
    address = [box for box in lines if len(box[4]) > 3 and box[4] in "".join(LONG[kind].split())]
    [number] = [box for box in lines if box[4] == "990102199003071234"]
    assert extracted(document).count("".join(LONG[kind].split())) == 2
    assert max(box[3] for box in address) < number[1]  # above the id number
    assert max(box[2] for box in address) < 595 - 68 - 22 - 88  # left of the photograph


def bounds(document: bytes) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right and bottom of every word."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=document, capture_output=True, check=True)
    pattern = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    found = re.findall(pattern, told.stdout.decode())
    return [
        (float(a), float(b), float(c), float(d), text.replace("\u200b", "")) for a, b, c, d, text in found
    ]


def test_threads_may_render_at_once() -> None:
    results: list[bytes] = []

    def work(number: int) -> None:
        results.extend(
            pdf.render("receipt", sample("receipt") | {"phone": f"0999-{number}"}) for _ in range(3)
        )

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 12
    assert len(set(results)) == 4
