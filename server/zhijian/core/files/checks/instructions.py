"""Fields of Word and formulas of Excel that start programs or fetch from elsewhere, however they are split or nested."""

import re
from collections.abc import Mapping

from zhijian.core.files.checks import relations
from zhijian.core.files.errors import DangerousFile

_FETCHING = {"DDE", "DDEAUTO", "LINK", "IMPORT", "INCLUDE", "INCLUDETEXT", "DATABASE"}
_CODES = {"instrText", "delInstrText"}
_FORMULAS = {"f", "definedName", "formula", "formula1", "formula2"}
_SHEETS = re.compile(r"spreadsheetml|office/excel")  # in Word's equations an f is a fraction
_COMMAND = "文件里有会运行命令或从别处取内容的域，请把它变为普通文字后再上传。"
_FORMULA = "表格里有会运行命令或从别处取数据的公式，请改为数值后再上传。"
_WHOLE_WORD = re.compile(r"\s*(?:=|\S+\s)")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:|\\\\|//", re.IGNORECASE)
_TEXTS = re.compile(r'"[^"]*"')
_QUOTED_NAMES = re.compile(r"'[^']*'")
_CALLING = re.compile(
    r"\b(?:_xlfn\.|_xlws\.)*(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC)\s*\(", re.IGNORECASE
)


class Instructions:
    """Looks at the elements of one part as they come by."""

    def __init__(self) -> None:
        self._codes: list[str] = []  # of the fields that are open, outermost first
        self._results: list[bool] = []  # whether a field has come to its result
        self._collecting: str | None = None
        self._words = ""

    def start(self, namespace: str, name: str, attributes: Mapping[str, str]) -> None:
        if name == "fldChar":
            self._mark(attributes.get("fldchartype", "").lower())
        elif name == "fldSimple":
            check_field(attributes.get("instr", ""))
        elif name in _CODES or (name in _FORMULAS and _SHEETS.search(namespace)):
            self._collecting, self._words = name, ""
        if name in {"ddeLink", "oleLink"}:
            raise DangerousFile(_FORMULA)
        if name in {"OLEObject", "oleObject"} and "package" in attributes.get("progid", "").lower():
            raise DangerousFile("文件里还装着别的文件，请把它们分开上传。")
        if name == "altChunk":
            raise DangerousFile("文件里夹着另一份文件，请复制为普通文字后再上传。")
        if name in {"connection", "queryTable"} and _is_on(attributes.get("refreshonload")):
            raise DangerousFile(_FORMULA)
        if name == "webPr":
            raise DangerousFile(_FORMULA)

    def text(self, words: str) -> None:
        if self._collecting:
            self._words += words

    def end(self, _namespace: str, name: str) -> None:
        if name != self._collecting:
            return
        self._collecting = None
        if name in _CODES:
            if self._codes:
                self._codes[-1] += self._words
            else:
                check_field(self._words)
        else:
            check_formula(self._words)

    def done(self) -> None:
        """A field that is never closed is a field all the same."""
        for code in self._codes:
            check_field(code)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._enter()
        elif self._codes:
            check_field(self._codes[-1])
            if kind == "separate":
                self._results[-1] = True
            elif kind == "end":
                self._codes.pop()
                self._results.pop()

    def _enter(self) -> None:
        # A field inside another's first word would spell it at run time: {{QUOTE 68 68 69} …} is {DDE …}.
        if self._codes and not self._results[-1] and not _WHOLE_WORD.match(self._codes[-1]):
            raise DangerousFile(_COMMAND)
        self._codes.append("")
        self._results.append(False)


def check_field(code: str) -> None:
    """Raises DangerousFile."""
    word, _, rest = code.strip().partition(" ")
    keyword = re.split(r'[\s"\\]', word.upper(), maxsplit=1)[0]
    if keyword in _FETCHING:
        raise DangerousFile(_COMMAND)
    if keyword == "INCLUDEPICTURE" and not _harmless_picture(rest):
        raise DangerousFile(_COMMAND)


def _harmless_picture(rest: str) -> bool:
    """Word keeps a copy of pictures pasted from web pages; a share of the network is asked with one's own log-in."""
    path = rest.strip().replace("\\\\", "\\").strip('"\\ ')
    web = re.match(r'"?\s*https?://', rest.strip(), re.IGNORECASE) is not None
    shared = rest.strip().lstrip('"').startswith(("\\\\", "//"))
    return web or (not shared and relations.is_local(path.partition('"')[0]))


def check_formula(formula: str) -> None:
    """Raises DangerousFile. A bar outside of quotes asks another program: cmd|'/c calc'!A1."""
    bare = _QUOTED_NAMES.sub("", _TEXTS.sub("", formula))
    if "|" in bare or _CALLING.search(bare):
        raise DangerousFile(_FORMULA)


def _is_on(value: str | None) -> bool:
    return (value or "").lower() in {"1", "true", "on"}
