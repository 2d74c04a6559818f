"""A register as a small file: its very bytes, kept without the encryption, which nothing can make smaller.

Each page of the encrypted file is its content under AES with a random number of its own, that number, and a signature made
from both. Content and numbers are kept, compressed; with the key they give the same file again, byte for byte.
"""

import hashlib
import hmac
import zipfile
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

from models.register import keys
from models.register.traces import FILE, KEY

PAGE, SALT, NUMBER, SIGNATURE = 4096, 16, 16, 64
_CONTENT = PAGE - NUMBER - SIGNATURE


def pack(folder: Path, passphrase: str, path: Path) -> None:
    """Write the closed register in ``folder`` to ``path``: file, key file, and what the file's bytes add up to."""
    data, side = (folder / FILE).read_bytes(), (folder / KEY).read_text("utf-8")
    salt, key = data[:SALT], keys.unwrap(side, passphrase)
    plain = b"".join(
        _turned(key, page[_CONTENT : _CONTENT + NUMBER], page[at:_CONTENT], Cipher.decryptor)
        + page[_CONTENT : _CONTENT + NUMBER]
        for page, at in _pages(data, PAGE)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        digest = hashlib.sha256(data).hexdigest()
        for name, content in (("pages", salt + plain), (KEY, side.encode()), ("sha256", digest.encode())):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_LZMA)


def unpack(path: Path, passphrase: str, folder: Path) -> None:
    """Make the register's folder again as it was. AssertionError when the file is not the one that was packed."""
    with zipfile.ZipFile(path) as archive:
        kept, side, digest = (archive.read(name) for name in ("pages", KEY, "sha256"))
    key = keys.unwrap(side.decode(), passphrase)
    salt, data = kept[:SALT], b""
    signing = hashlib.pbkdf2_hmac("sha512", key, bytes(each ^ 0x3A for each in salt), 2, 32)
    # the salt stands where the first page's first bytes would: the pages that are kept are as long as what follows it
    for number, (page, at) in enumerate(_pages(kept, _CONTENT + NUMBER), 1):
        random = page[-NUMBER:]
        body = _turned(key, random, page[at:-NUMBER], Cipher.encryptor)
        signed = hmac.digest(signing, body + random + number.to_bytes(4, "little"), "sha512")
        data += (salt if at else b"") + body + random + signed
    assert hashlib.sha256(data).hexdigest() == digest.decode()
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(data)
    (folder / KEY).write_bytes(side)


def _pages(data: bytes, size: int) -> list[tuple[bytes, int]]:
    """The pages, and where in each the content begins: the first one's after the salt."""
    return [(data[start : start + size], 0 if start else SALT) for start in range(0, len(data), size)]


def _turned(key: bytes, random: bytes, content: bytes, way: Callable[[Cipher[modes.CBC]], CipherContext]) -> bytes:
    turning = way(Cipher(algorithms.AES(key), modes.CBC(random)))
    return turning.update(content) + turning.finalize()
