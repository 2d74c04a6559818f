"""What a file really is, told by its bytes and never by its name (but for a text that calls itself a workbook)."""

import re
from pathlib import PurePath
from typing import Literal

from importers.workbook.biff import root_names
from importers.workbook.refusals import Refusal
from importers.workbook.text import encoding_of, head_of, looks_tabular
from importers.workbook.zip_gate import names_of, open_zip, read_head

Container = Literal[
    "xlsx", "xlsm", "xlsb", "ods", "xls", "biff", "encrypted", "spreadsheetml", "html", "mhtml", "text", "docx", "pdf",
    "zip", "eml",
]  # fmt: skip
#: Containers of other files.
ARCHIVES = frozenset(("zip", "eml"))

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: BOF records of a worksheet stream that is not wrapped in OLE: BIFF2, 3, 4, and 5
_RAW_BIFF = (b"\x09\x00\x04\x00", b"\x09\x00\x06\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"{\\rtf", "word"),
    (b"Rar!\x1a", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)
#: a page whose beginning was lost is still one
_HTML_ROW = re.compile(r"<tr\b[^<>]*>\s*<t[dh]\b[^<>]*>[^<]*</t[dh]>", re.IGNORECASE)
#: names that promise a workbook: a text under such a name is most likely a mistake
_WORKBOOK_NAMES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".et", ".ett", ".ods"})
#: The first lines of an e-mail: fields, and among them who sent it or what about.
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:From|Subject|Received):", re.IGNORECASE)
_MAIL_HEAD = 1 << 16
_ATTACHED = re.compile(rb"^Content-(?:Disposition:\s*(?:attachment|inline)|Type:[^\n]*\n?[^\n]*\bname)",
    re.IGNORECASE | re.MULTILINE)
_ENCODED = re.compile(rb"^Content-Transfer-Encoding:\s*base64", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table|style|div|tr)\b", re.IGNORECASE)


def sniff(data: bytes, name: str) -> Container:
    """The container of a file from its bytes; ``name`` is its base name. Refusal for everything that holds no table."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if data.startswith(_RAW_BIFF):
        return "biff"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for signature, what in _SIGNATURES:
        # a text may begin with "BM": a picture's header is followed by zero bytes
        if data.startswith(signature) and (signature != b"BM" or b"\0" in data[:32]):
            raise Refusal(what)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Refusal("image")
    if _MAIL.match(data[:_MAIL_HEAD].lstrip()) and (container := _sniff_mail(data)):
        return container
    if _ATTACHED.search(data) and _ENCODED.search(data):  # an e-mail without its head: what is packed in it is no text
        raise Refusal("damaged")
    return _sniff_text(data, PurePath(name).suffix.lower())


def _sniff_mail(data: bytes) -> Container | None:
    """An e-mail with files, or one whose page holds the table, as a saved web page does; None for what only looks like one."""
    from email.parser import BytesHeaderParser

    head = BytesHeaderParser().parsebytes(data[:_MAIL_HEAD].lstrip())
    if head.get_content_maintype() != "multipart":
        return "mhtml" if head.get_content_type() == "text/html" else None
    # a web page and Excel's own pages are "related": the page first, and what it shows after it
    if head.get_content_subtype() == "related" or not _ATTACHED.search(data):
        return "mhtml"
    return "eml"


def _sniff_zip(data: bytes) -> Container:
    with open_zip(data) as archive:
        names = names_of(archive)
        mime = read_head(archive, archive.getinfo("mimetype"), 200) if "mimetype" in archive.namelist() else b""
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(re.match(r"xl/worksheets/[^/]+\.xml$", name) for name in names):
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if "word/document.xml" in names:
        return "docx"
    if b"opendocument.text" in mime or any(name.startswith("word/") for name in names):
        raise Refusal("word")
    if b"opendocument.presentation" in mime or any(name.startswith("ppt/") for name in names):
        raise Refusal("powerpoint")
    if "[content_types].xml" in names or "content.xml" in names:
        raise Refusal("damaged")
    return "zip"


def _sniff_ole(data: bytes) -> Container:
    """Streams at the root decide: a workbook may carry a whole Word document inside, and the other way round."""
    names = root_names(data)
    if "encryptedpackage" in names:
        return "encrypted"
    if names & {"workbook", "book"}:
        return "xls"
    if "worddocument" in names:
        raise Refusal("word")
    if "powerpoint document" in names:
        raise Refusal("powerpoint")
    if "__properties_version1.0" in names:
        raise Refusal("outlook")
    if names:
        raise Refusal("unknown")
    # a damaged directory: the native reader forgives more, let it try
    return "xls"


def _sniff_text(data: bytes, suffix: str) -> Container:
    encoding = encoding_of(data).name
    head = head_of(data, encoding, 1 << 16).lstrip("\ufeff \t\r\n")
    if head[:13].lower() == "mime-version:" and "multipart" in head[:4096].lower():
        return "mhtml"
    if ("urn:schemas-microsoft-com:office:spreadsheet" in head and "<Workbook" in head) or _workbook_tag(head):
        return "spreadsheetml"
    if (head.startswith("<") and _HTML.search(head)) or _HTML_ROW.search(head):
        return "html"
    if head.startswith("<?xml"):
        raise Refusal("word" if "schemas.microsoft.com/office/word" in head else "other-xml")
    if suffix in _WORKBOOK_NAMES or (suffix == ".xls" and not looks_tabular(head)):
        raise Refusal("text-named-workbook")
    return "text"


def _workbook_tag(head: str) -> bool:
    """SpreadsheetML whose root carries a prefix, such as ``<ss:Workbook``."""
    return re.search(r"<\w+:Workbook\b[^>]*office:spreadsheet", head) is not None
