"""PDFs: what opens without a password is taken, what acts, reaches out or carries other files is not."""

import io
from collections.abc import Callable

import pytest
from files import samples
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

from zhijian.core.errors import Problem
from zhijian.core.files import MATERIALS, intake

pytestmark = pytest.mark.django_db


def named(**values: PdfObject | str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(value) if type(value) is str else value
            for key, value in values.items()
        }
    )


def text(words: str) -> TextStringObject:
    return TextStringObject(words)


def made(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def opening(action: PdfObject) -> bytes:
    return made(
        lambda writer: writer.root_object.update({NameObject("/OpenAction"): writer._add_object(action)})
    )


def clicking(action: DictionaryObject) -> bytes:
    link = named(Type="/Annot", Subtype="/Link", A=action)
    return made(
        lambda writer: writer.pages[0].update(
            {NameObject("/Annots"): ArrayObject([writer._add_object(link)])}
        )
    )


def turning(action: DictionaryObject) -> bytes:
    return made(lambda writer: writer.pages[0].update({NameObject("/AA"): named(O=action)}))


def carrying(name: str, content: bytes) -> bytes:
    return made(lambda writer: writer.add_attachment(name, content))


def encrypted(user: str, owner: str, algorithm: str) -> bytes:
    return made(lambda writer: writer.encrypt(user, owner, algorithm=algorithm))


def url(address: str) -> DictionaryObject:
    return named(S="/URI", URI=text(address))


def goto_file(path: str) -> DictionaryObject:
    return named(S="/GoToR", F=text(path), D=ArrayObject([NumberObject(0), NameObject("/Fit")]))


TOP = ArrayObject([NumberObject(0), NameObject("/Fit")])
HARMFUL: dict[str, Callable[[], bytes]] = {
    "opens a share": lambda: opening(goto_file("\\\\evil\\share\\a.pdf")),
    "opens a local file": lambda: opening(goto_file("a.pdf")),
    "opens a page of the web": lambda: opening(url("https://evil.example/")),
    "starts a program": lambda: opening(named(S="/Launch", F=text("cmd.exe"))),
    "a page turned opens the web": lambda: turning(url("https://evil.example/")),
    "a harmless move followed by another": lambda: opening(
        named(S="/GoTo", D=TOP, Next=ArrayObject([url("https://evil.example/")]))
    ),
    "two harmless moves followed by another": lambda: opening(
        named(S="/GoTo", D=TOP, Next=named(S="/GoTo", D=TOP, Next=url("https://evil.example/")))
    ),
    "a link to a share": lambda: clicking(goto_file("//evil/share/a.pdf")),
    "a link to a share, as file": lambda: clicking(goto_file("file://evil/share/a.pdf")),
    "a link to a share in a specification": lambda: clicking(
        named(S="/GoToR", F=named(Type="/Filespec", UF=text("\\\\evil\\a")), D=TOP)
    ),
    "carries a program": lambda: carrying("a.exe", samples.WINDOWS_PROGRAM),
    "carries a program named as figures": lambda: carrying("a.xml", samples.WINDOWS_PROGRAM),
    "carries a Word file": lambda: carrying("a.docx", samples.docx()),
    "carries a page with a script": lambda: carrying("a.xml", b"<html><script>alert(1)</script></html>"),
    "carries a script": lambda: carrying("a.js", b"alert(1)"),
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "opens at its first page": lambda: opening(TOP),
    "moves to a page": lambda: opening(named(S="/GoTo", D=TOP)),
    "moves to the last page": lambda: opening(named(S="/Named", N="/LastPage")),
    "a link": lambda: clicking(url("https://gov.example/")),
    "a link to a file beside it": lambda: clicking(goto_file("附件一.pdf")),
    "an invoice with its figures": lambda: carrying("invoice.xml", "<发票><金额>1.00</金额></发票>".encode()),
    "figures in Chinese encoding": lambda: carrying("a.csv", "姓名,金额\n张三,1".encode("gb18030")),
    **{
        f"may not be printed ({algorithm})": lambda algorithm=algorithm: encrypted("", "owner", algorithm)  # type: ignore[misc]
        for algorithm in ("RC4-40", "RC4-128", "AES-128", "AES-256")
    },
}


def outcome(content: bytes) -> str:
    try:
        stored = intake(
            samples.Upload(content, "a.pdf"), allowed=MATERIALS, max_bytes=10 << 20, kind="case_material"
        )
    except Problem as problem:
        return problem.code
    assert stored.pages == 1
    return "taken"


@pytest.mark.parametrize("case", HARMFUL)
def test_what_acts_or_carries_is_refused(case: str) -> None:
    assert outcome(HARMFUL[case]()) == "files.dangerous"


@pytest.mark.parametrize("case", HARMLESS)
def test_what_people_have_is_taken(case: str) -> None:
    assert outcome(HARMLESS[case]()) == "taken"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_to_open_is_told(algorithm: str) -> None:
    assert outcome(encrypted("secret", "owner", algorithm)) == "files.locked"


def test_an_attack_inside_encryption_is_seen() -> None:
    def both(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(url("https://evil.example/"))
        writer.encrypt("", "owner")

    assert outcome(made(both)) == "files.dangerous"
