"""A file that only whoever has the exchange passphrase, or the office's key, can read, and that nobody can change unnoticed.

After a line that says the format and a line of JSON with the wrapped key come the parts of the content, each with its length and
sealed by AES-256-GCM; the number of a part, and whether it is the last one, are in its nonce, the two lines are bound to each. So
a part that is missing, moved, cut off or changed in a single bit is told. The key is random for each file; a passphrase wraps it
by scrypt as it does the register's own (``models/register/keys.py``), the office's public key by HPKE (RFC 9180: X25519,
HKDF-SHA256, AES-256-GCM).
"""

import base64
import hashlib
import json
import secrets
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from models.errors import UserError
from models.language import N_, _
from models.register import keys

FORMAT = b"jianhui-exchange-1\n"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
#: Bytes of a part before it is sealed, of its length, and of the line with the key at most.
_PART, _LENGTH, _HEADER = 1 << 20, 4, 4096
_TAG = 16


class UnreadPackage(UserError):
    """A sealed file that cannot be read, with the sentence that says why; nothing of it was taken."""


@dataclass(frozen=True)
class SealedKind:
    """A kind of sealed files: how it begins, all of its versions begin, and what is said of one that cannot be read."""

    format: bytes
    family: bytes
    newer: str
    other: str
    wrong: str
    cut_off: str
    damaged: str


#: The packages of laptops that exchange.
PACKAGE = SealedKind(
    FORMAT, b"jianhui-exchange-",
    newer=N_("这个交换包是更新版本的建会通交出的，请先升级程序，什么都没有收下。"),
    other=N_("这不是建会通的交换包（.jhx），什么都没有收下。"),
    wrong=N_("交换口令不对，或者交换包已损坏。什么都没有收下。"),
    cut_off=N_("这个交换包不完整（没有写完，或者没有拷完），请重新拷一次。什么都没有收下。"),
    damaged=N_("这个交换包已损坏，请对方重新交一个。什么都没有收下。"),
)  # fmt: skip


@dataclass(frozen=True)
class Lock:
    """What seals a package: a passphrase, or the office's public key (32 bytes)."""

    passphrase: str = field(default="", repr=False)
    office: bytes = b""

    def header(self, key: bytes) -> dict[str, Any]:
        """The wrapped key. UserError for a passphrase that is too short."""
        if not self.office:
            return {"passphrase": keys.wrapping(key, self.passphrase)}
        sealed = _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(self.office), FORMAT)
        return {"office": fingerprint(self.office), "sealed": base64.b64encode(sealed).decode()}


@dataclass(frozen=True)
class Opener:
    """What opens a package: a passphrase, or the office's private key (32 bytes); either may be missing.

    A passphrase is made to take long. The keys of the packages that were opened are kept here, by what their first lines hash
    to, so that looking into a package and taking it then does not take that long again.
    """

    passphrase: str = field(default="", repr=False)
    office: bytes = field(default=b"", repr=False)
    _known: dict[bytes, bytes] = field(default_factory=dict, repr=False, compare=False)

    def key_of(self, header: bytes, told: Mapping[str, Any], kind: SealedKind = PACKAGE) -> bytes:
        """The key of the file with this line, as it stands and as it was read. UnreadPackage where this does not open it."""
        bound = _bound(header, kind)
        if bound not in self._known:
            self._known[bound] = _by_office(told, self) if "office" in told else _by_passphrase(told, self, kind)
        return self._known[bound]


def new_office_key() -> bytes:
    """A new private key of an office."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """By what people compare a public key: sixteen hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


class SealingStream:
    """Takes bytes and writes them, compressed and sealed, to a stream; :meth:`close` writes the last part."""

    def __init__(self, stream: BinaryIO, lock: Lock, kind: SealedKind = PACKAGE) -> None:
        """Write the beginning of the file."""
        key = secrets.token_bytes(32)
        header = json.dumps(lock.header(key), separators=(",", ":")).encode() + b"\n"
        self._stream, self._seal = stream, AESGCM(key)
        self._bound = _bound(header, kind)
        self._packer, self._held, self._number = zlib.compressobj(6), bytearray(), 0
        stream.write(kind.format + header)

    def write(self, content: bytes) -> None:
        """Add to the content."""
        self._held += self._packer.compress(content)
        while len(self._held) > _PART:
            self._part(bytes(self._held[:_PART]), last=False)
            del self._held[:_PART]

    def close(self) -> None:
        """Write what is left; without it the file is told to be cut off."""
        self._held += self._packer.flush()
        self._part(bytes(self._held), last=True)

    def _part(self, content: bytes, last: bool) -> None:
        sealed = self._seal.encrypt(_nonce(self._number, last), content, self._bound)
        self._stream.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self._number += 1


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def lines(stream: BinaryIO, opener: Opener, kind: SealedKind = PACKAGE) -> Iterator[bytes]:
    """The lines of a sealed file's content, as they come. UnreadPackage says why it cannot be read, perhaps only at its end."""
    unpacker, held = zlib.decompressobj(), b""
    for part in parts(stream, opener, kind):
        try:
            held += unpacker.decompress(part)
        except zlib.error as error:
            raise UnreadPackage(_(kind.damaged)) from error
        *whole, held = held.split(b"\n")
        yield from whole
    if held or not unpacker.eof:
        raise UnreadPackage(_(kind.damaged))


def _bound(header: bytes, kind: SealedKind) -> bytes:
    return hashlib.sha256(kind.format + header).digest()


def parts(stream: BinaryIO, opener: Opener, kind: SealedKind = PACKAGE) -> Iterator[bytes]:
    """The parts of a sealed file's content, still compressed. UnreadPackage as :func:`lines`."""
    key, bound = _unlocked(stream, opener, kind)
    opened, number, last = AESGCM(key), 0, False
    while head := stream.read(_LENGTH):
        length = int.from_bytes(head, "big")
        if len(head) < _LENGTH or last or not _TAG <= length <= _PART + _TAG:
            raise UnreadPackage(_(kind.cut_off if len(head) < _LENGTH else kind.damaged))
        sealed = stream.read(length)
        if len(sealed) < length:
            raise UnreadPackage(_(kind.cut_off))
        found = _opened(opened, number, sealed, bound)
        if found is None:
            raise UnreadPackage(_(kind.damaged))
        part, last = found
        number += 1
        yield part
    if not last:
        raise UnreadPackage(_(kind.cut_off))


def _opened(by: AESGCM, number: int, sealed: bytes, bound: bytes) -> tuple[bytes, bool] | None:
    for last in (False, True):
        try:
            return by.decrypt(_nonce(number, last), sealed, bound), last
        except InvalidTag:
            continue
    return None


def _unlocked(stream: BinaryIO, opener: Opener, kind: SealedKind) -> tuple[bytes, bytes]:
    """The key of a file, and what binds its parts to its first lines."""
    begins = stream.read(len(kind.format))
    if begins != kind.format:
        if begins.startswith(kind.family) and len(begins) == len(kind.format):
            raise UnreadPackage(_(kind.newer))
        known = begins and (kind.format.startswith(begins) or begins.startswith(kind.family))
        raise UnreadPackage(_(kind.cut_off if known or not begins else kind.other))
    header = stream.readline(_HEADER)
    try:
        key = opener.key_of(header, json.loads(header), kind)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadPackage(_(kind.damaged if header.endswith(b"\n") else kind.cut_off)) from error
    return key, _bound(header, kind)


def _by_office(told: Mapping[str, Any], opener: Opener) -> bytes:
    if not opener.office:
        raise UnreadPackage(
            _("这个交换包是交给另一个办公室的（密钥 {key}），本登记册打不开。").format(key=told["office"])
        )
    try:
        return _SUITE.decrypt(
            base64.b64decode(told["sealed"]), X25519PrivateKey.from_private_bytes(opener.office), FORMAT
        )
    except InvalidTag as error:
        theirs, ours = told["office"], fingerprint(public_of(opener.office))
        if theirs == ours:
            raise UnreadPackage(_(PACKAGE.damaged)) from error
        said = _("这个交换包是交给另一个办公室的（密钥 {key}），本登记册打不开。")
        raise UnreadPackage(said.format(key=theirs)) from error


def _by_passphrase(told: Mapping[str, Any], opener: Opener, kind: SealedKind) -> bytes:
    key = keys.out_of(told["passphrase"], opener.passphrase)
    if key is None:
        raise UnreadPackage(_(kind.wrong))
    return key


def needs_passphrase(stream: BinaryIO) -> bool:
    """True when a file, read from its beginning, is locked by a passphrase; False for any other, and for none of ours."""
    if stream.read(len(FORMAT)) != FORMAT:
        return False
    return b'"passphrase"' in stream.readline(_HEADER)

