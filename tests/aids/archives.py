"""Archives as people send them: zips with names in GBK or under a password, e-mails with attachments."""

import email.message
import email.policy
import io
import zipfile
import zlib
from collections.abc import Mapping


def gbk_zip(parts: Mapping[str, bytes]) -> bytes:
    """A zip as Chinese Windows and WPS write it: the names in GBK, and no word about it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(_Plain(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Plain(zipfile.ZipInfo):
    """An entry whose name is written in GBK, without the flag of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's own name
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def locked_zip(parts: Mapping[str, bytes], password: str, method: int = 0) -> bytes:
    """A zip under a password in the old way that every program knows; ``method`` 99 only claims to be the newer one (AES)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, _encrypted(content, password.encode()))
    data = bytearray(out.getvalue())
    with zipfile.ZipFile(out) as archive:
        entries = archive.infolist()
    place = archive.start_dir
    for entry, content in zip(entries, parts.values(), strict=True):
        for at, flags, kind, crc, size in ((entry.header_offset, 6, 8, 14, 22), (place, 8, 10, 16, 24)):
            data[at + flags] |= 1
            data[at + kind] = method
            data[at + crc : at + crc + 4] = zlib.crc32(content).to_bytes(4, "little")
            data[at + size : at + size + 4] = len(content).to_bytes(4, "little")
        place += 46 + int.from_bytes(data[place + 28 : place + 30], "little")
    return bytes(data)


def _encrypted(content: bytes, password: bytes) -> bytes:
    """PKWARE's own stream cipher (APPNOTE 6.1)."""
    first, second, third = 0x12345678, 0x23456789, 0x34567890

    def crc(byte: int, value: int) -> int:
        return (value >> 8) ^ _TABLE[(value ^ byte) & 0xFF]

    def update(byte: int) -> None:
        nonlocal first, second, third
        first = crc(byte, first)
        second = ((second + (first & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
        third = crc(second >> 24, third)

    for byte in password:
        update(byte)
    made = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(content) >> 24]) + content:
        mixed = (third | 2) & 0xFFFF
        made.append(byte ^ (((mixed * (mixed ^ 1)) >> 8) & 0xFF))
        update(byte)
    return bytes(made)


def _table() -> list[int]:
    found = []
    for number in range(256):
        value = number
        for _bit in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        found.append(value)
    return found


_TABLE = _table()


def mail(attachments: Mapping[str, bytes], html: str = "", forwarded: bytes = b"") -> bytes:
    """An e-mail with these files; ``html`` is its text as a page, ``forwarded`` an e-mail that it brings along."""
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"] = "某街道 <jiedao@example.invalid>", "gonghui@example.invalid"
    made["Subject"] = "会员名册请查收"
    made.set_content("请查收。")
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in attachments.items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if forwarded:
        made.add_attachment(email.message_from_bytes(forwarded, policy=email.policy.default))
    return made.as_bytes()
