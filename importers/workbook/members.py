"""What holds other files: a zip and an e-mail. Their members are listed, and one at a time is taken out.

All in memory: nothing is unpacked to the disk, so that no name leads anywhere and nobody's data stays there.
"""

import email
import email.policy
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from email.message import EmailMessage, Message
from pathlib import PurePosixPath

from importers.workbook import zip_gate
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import Contents
from importers.workbook.sniff import Container, sniff

#: Files of an archive that are read; more are no import that a person could look through.
MOST = 500
#: An archive may hold an archive (an e-mail its zip), and that is all.
DEEPEST = 2
#: Names that promise a table. What really stands there is found when it is read.
SUFFIXES = frozenset(
    ".xlsx .xls .et .xlsm .xlsb .ods .ett .xltx .xltm .csv .txt .tsv .html .htm .mht .mhtml .xml .docx .docm .doc .wps .rtf "
    ".pdf .zip .eml .rar .7z".split()
)
#: What programs and systems leave beside files; nobody put it there.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|~\$|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
#: Our own answers: they go back to the senders, and come in only where a person names them.
_RETURNED = re.compile(r"_退回(?:\(\d+\))?\.xlsx$")
#: WinZip's own encryption (AES), which the standard way to open a zip does not know.
_AES = 99
_ENCRYPTED = 1
#: Bit 11: the name is in UTF-8.
_UTF_8 = 0x800
_UNICODE_PATH = 0x7075


def sorted_out(names: Iterable[str]) -> Contents:
    """Which of some files are to be read, and which are left out, as a person sees them: litter is in neither.

    Names have forward slashes. Refusal "archive-many" beyond :data:`MOST`.
    """
    wanted: list[str] = []
    others: list[str] = []
    for name in sorted(names):
        if _LITTER.search(name) or _RETURNED.search(name):
            continue
        (wanted if PurePosixPath(name).suffix.lower() in SUFFIXES else others).append(name)
    if len(wanted) > MOST:
        raise Refusal("archive-many", limit=MOST)
    return Contents(tuple(wanted), tuple(others))


def contents(data: bytes, container: Container, password: str | None, depth: int) -> Contents:
    """What an archive holds. Refusal when it is hostile, empty, lies too deep, or its password is missing or wrong."""
    if depth >= DEEPEST:
        raise Refusal("archive-nested")
    if container == "eml":
        message = _message(data)
        found = sorted_out(name for name, _part in _attachments(message))
        if not found.wanted:
            found = Contents(tuple(name for name, _part in _bodies(message)), found.left_out)
    else:
        with zip_gate.open_zip(data) as archive:
            zip_gate.check_sizes(archive, len(data))
            entries = _entries(archive)
            found = sorted_out(entries)
            _check_password(archive, [entries[name] for name in found.wanted], password)
    if not found.wanted:
        raise Refusal("mail-empty" if container == "eml" else "archive-empty")
    return found


def dig(data: bytes, name: str, inside: Sequence[str], password: str | None) -> tuple[bytes, str]:
    """The bytes and the name of a member; ``inside`` are the names on the way to it. Refusal when it is not to be had."""
    for member in inside:
        data, name = _member(data, sniff(data, name), member, password), PurePosixPath(member).name
    return data, name


def _member(data: bytes, container: Container, name: str, password: str | None) -> bytes:
    if container == "eml":
        message = _message(data)
        parts = dict((*_attachments(message), *_bodies(message)))
        if name not in parts:
            raise Refusal("damaged")
        return _payload(parts[name])
    if container != "zip":
        raise Refusal("damaged")
    with zip_gate.open_zip(data) as archive:
        zip_gate.check_sizes(archive, len(data))
        entry = _entries(archive).get(name)
        if entry is None:
            raise Refusal("damaged")
        if entry.file_size > zip_gate.MAX_FILE:
            raise Refusal("too-large", limit=zip_gate.MAX_FILE >> 20)
        _check_password(archive, [entry], password)
        if entry.flag_bits & _ENCRYPTED and password:
            archive.setpassword(password.encode())
        return b"".join(zip_gate.pieces(archive, entry, 1 << 20))


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of a zip by their names as they were meant. Refusal "zip-names" where two are the same."""
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        name = name_of(entry)
        if name in found or zip_gate.leads_out(name):
            raise Refusal("zip-names")
        found[name] = entry
    return found


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of a zip's entry: Chinese Windows writes it in GBK without saying so, other programs in UTF-8."""
    if entry.flag_bits & _UTF_8:
        return entry.filename.replace("\\", "/")
    if told := _unicode_path(entry.extra):
        return told.replace("\\", "/")
    written = entry.orig_filename.partition("\0")[0].encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return entry.filename.replace("\\", "/")


def _unicode_path(extra: bytes) -> str:
    """The name in UTF-8 that some programs put beside the other one (Info-ZIP's field 0x7075); empty without."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = int.from_bytes(extra[place : place + 2], "little"), int.from_bytes(extra[place + 2 : place + 4], "little")
        body = extra[place + 4 : place + 4 + size]
        if kind == _UNICODE_PATH and len(body) > 5:
            return body[5:].decode("utf-8", "replace")
        place += 4 + size
    return ""


def _check_password(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], password: str | None) -> None:
    """Refusal where entries are encrypted and the password does not open the first of them."""
    locked = [entry for entry in entries if entry.flag_bits & _ENCRYPTED]
    if not locked:
        return
    if any(entry.compress_type == _AES for entry in locked):
        raise Refusal("archive-password-unsupported")
    if not password:
        raise Refusal("archive-password-needed")
    try:
        with archive.open(locked[0], pwd=password.encode()) as part:
            part.read(1)
    except RuntimeError as error:
        raise Refusal("archive-password-wrong") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        # one byte of the password is checked: one in 256 wrong ones is noticed only by what comes out
        raise Refusal("archive-password-wrong") from error


def _message(data: bytes) -> EmailMessage:
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except RecursionError as error:  # parts inside parts without end
        raise Refusal("damaged") from error


#: So many bytes tell whether something is base64; shorter ones may be anything.
_LOOKED_AT, _PACKED = 4_000, 400
_BASE64 = re.compile(rb"[A-Za-z0-9+/=]")


def _attachments(message: EmailMessage) -> Iterator[tuple[str, Message]]:
    """The files that an e-mail brings, each under a name of its own; a forwarded e-mail is one of them."""
    names: set[str] = set()
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        forwarded = part is not message and part.get_content_type() == "message/rfc822"
        if part.is_multipart() and not forwarded:
            held = part.get_payload()
            waiting[:0] = [each for each in held if isinstance(each, Message)] if isinstance(held, list) else []
            continue
        name = _attached_name(part, forwarded)
        if not name:
            continue
        path, count = PurePosixPath(name), 1
        while name in names:
            count += 1
            name = f"{path.stem}({count}){path.suffix}"
        names.add(name)
        yield name, part


def _bodies(message: EmailMessage) -> Iterator[tuple[str, Message]]:
    """The text of the e-mail itself where a table was pasted into it."""
    for part in message.walk():
        if part.get_content_type() == "text/html" and not part.get_filename() and b"<td" in _payload(part).lower():
            yield "正文.html", part
            return


def _attached_name(part: Message, forwarded: bool) -> str:
    """An attachment's own name without any folder; empty for the text of the e-mail itself."""
    written = part.get_filename() or ""
    # a name that was written as it is, in GBK
    raw = written.encode("utf-8", "surrogateescape")
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")
    name = re.split(r"[/\\]", name)[-1].strip().strip(".")
    name = re.sub(r"[\x00-\x1f]", "", name)
    return name or ("转发的邮件.eml" if forwarded else "")


def _payload(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        held = part.get_payload()
        inner = held[0] if isinstance(held, list) and held else None
        return inner.as_bytes() if isinstance(inner, Message) else b""
    given = part.get_payload(decode=True)
    if not isinstance(given, bytes):
        return b""
    if _still_packed(given):
        raise Refusal("damaged")
    return given


def _still_packed(given: bytes) -> bool:
    """True for what was packed as base64 and could not be unpacked: the library then gives that text as if it were the file."""
    text = b"".join(given[:_LOOKED_AT].split())
    return len(text) >= _PACKED and len(_BASE64.findall(text)) >= 0.95 * len(text)
