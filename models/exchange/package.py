"""What is in a package (.jhx): lines of JSON, the manifest first, then batches, entries and bundles of the log, and an end.

The manifest says who gives, how far the taker must know each device already, how far the giver knows it, and in which batch the
entry before each range stands, so that two logs that went apart under one device are told. The end has the counts and the SHA-256
of all lines before it.
"""

import base64
import hashlib
import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.exchange.sealed import Opener, SealingStream, UnreadPackage, lines, needs_passphrase, parts
from models.files.failures import told as failure_told
from models.files.given import open_file
from models.journal import crossing
from models.journal.shares import share_from
from models.language import _
from models.progress import OnProgress, untold

#: How the name of a package ends.
SUFFIX = ".jhx"
#: The form of the lines, and that of a package with a share of the log: a program that knows none must not take it for all.
FORM, SHARE_FORM = 1, 2


#: What goes into a package: batches, and ("entry", row) or ("bundle", row) in the order of the log.
LogContent = tuple[Iterable[crossing.Row], Iterable[tuple[str, crossing.Row]]]


@dataclass(frozen=True)
class PackageManifest:
    """What a package says of itself before anything else.

    ``package``: its uid; ``device`` and ``person``: who gives, ``at`` when, by the giver's clock; ``schema``: of the giver's
    register; ``to``: for whom, as the giver wrote it. ``after``: device → the last number that the taker must know; ``until``:
    the last one that the giver knows; ``before``: the batch of the entry at ``after``. ``share``: where it holds no more of the
    log than what tells of some towns, these and until which number of each device that is so (``journal/shares.py``).
    """

    form: int
    package: str
    device: str
    person: str
    at: str
    schema: int
    to: str
    after: dict[str, int]
    until: dict[str, int]
    before: dict[str, str]
    share: dict[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """The manifest as it is written: as ever where it is no share."""
        return {name: value for name, value in asdict(self).items() if name != "share" or value is not None}

    @property
    def held(self) -> int:
        """How many entries the package holds by its ranges."""
        return sum(last - self.after.get(device, 0) for device, last in self.until.items())


@dataclass(frozen=True)
class PackageContents:
    """How much a package holds."""

    batches: int = 0
    entries: int = 0
    bundles: int = 0


@dataclass
class _Counted:
    batch: int = 0
    entry: int = 0
    bundle: int = 0
    held: int = 0

    def contents(self) -> PackageContents:
        return PackageContents(self.batch, self.held, self.bundle)


def write(
    stream: SealingStream, manifest: PackageManifest, content: LogContent, progress: OnProgress = untold
) -> PackageContents:
    """Write a whole package of batches and entries, bundles among them. ``progress``: entries, of all that it will hold."""
    digest, counted = hashlib.sha256(), _Counted()
    for line in _told(manifest, content, counted, progress):
        digest.update(line)
        stream.write(line)
    contents = counted.contents()
    stream.write(_line({"end": asdict(contents) | {"sha256": digest.hexdigest()}}))
    stream.close()
    return contents


def _told(
    manifest: PackageManifest, content: LogContent, counted: _Counted, progress: OnProgress
) -> Iterator[bytes]:
    yield _line({"manifest": manifest.told()})
    batches, told = content
    for batch in batches:
        counted.batch += 1
        yield _line({"batch": batch})
    for what, row in told:
        progress(counted.held, manifest.held)
        if what == "entry":
            counted.held += 1
            yield _line({"entry": row})
            continue
        counted.bundle += 1
        counted.held += _count_of(row)
        blobs = [base64.b64encode(bytes(each)).decode() for each in row[-2:]]
        yield _line({"bundle": [*row[:-2], *blobs]})


def _count_of(row: tuple[Any, ...]) -> int:
    return int(row[crossing.OF_BUNDLE.index("count")])


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def read(path: Path, opener: Opener) -> Generator[tuple[str, Any], None, None]:
    """What is in a package, line by line, checked as it comes.

    First ("manifest", PackageManifest), then ("batch", row), ("entry", row), ("bundle", row), at last ("end", PackageContents).
    UnreadPackage says why it cannot be read, perhaps only at its end: nothing may be kept before that. What the disk refuses is
    told as a sentence, as UserError.
    """
    try:
        with open_file(path) as stream:
            yield from _read(lines(stream, opener))
    except OSError as error:
        raise failure_told(error, _("读不了交换包“{name}”").format(name=path.name)) from error


def asks_passphrase(path: Path) -> bool:
    """True when a file is a package that is locked by a passphrase. UserError where it cannot be read."""
    try:
        with open_file(path) as stream:
            return needs_passphrase(stream)
    except OSError as error:
        raise failure_told(error, _("读不了交换包“{name}”").format(name=path.name)) from error


def first_look(path: Path, opener: Opener) -> PackageManifest:
    """What a package says of itself, once every sealed part of the file was found whole; what they say is read later.

    UnreadPackage and UserError as :func:`read`.
    """
    reading = read(path, opener)
    with closing(reading):
        _what, manifest = next(reading)
    assert isinstance(manifest, PackageManifest)  # the reader refuses a package that does not begin with one
    try:
        with open_file(path) as stream:
            for _part in parts(stream, opener):
                pass
    except OSError as error:
        raise failure_told(error, _("读不了交换包“{name}”").format(name=path.name)) from error
    return manifest


def _read(given: Iterator[bytes]) -> Iterator[tuple[str, Any]]:
    digest, counted, ended = hashlib.sha256(), _Counted(), False
    first = True
    for line in given:
        what, value = _parsed(line)
        if ended or (what == "manifest") != first:
            raise UnreadPackage(_wrong())
        if first:
            value, first = _manifest(value), False
        if what == "end":
            contents = counted.contents()
            if value != asdict(contents) | {"sha256": digest.hexdigest()}:
                raise UnreadPackage(_wrong())
            value, ended = contents, True
        else:
            digest.update(line + b"\n")
            value = _counted(what, value, counted)
        yield what, value
    if not ended:
        raise UnreadPackage(_wrong())


def _parsed(line: bytes) -> tuple[str, Any]:
    try:
        ((what, value),) = json.loads(line.decode("utf-8", "surrogatepass")).items()
    except (ValueError, AttributeError) as error:
        raise UnreadPackage(_wrong()) from error
    if what not in ("manifest", "batch", "entry", "bundle", "end"):
        raise UnreadPackage(_wrong())
    return what, value


def _counted(what: str, value: Any, counted: _Counted) -> Any:
    """A row in the form in which the log takes it, counted."""
    widths = {
        "batch": len(crossing.OF_BATCH), "entry": len(crossing.OF_ENTRY), "bundle": len(crossing.OF_BUNDLE) + len(crossing.BLOBS)
    }  # fmt: skip
    if what not in widths:
        return value
    if not isinstance(value, list) or len(value) != widths[what]:
        raise UnreadPackage(_wrong())
    setattr(counted, what, getattr(counted, what) + 1)
    if what == "bundle":
        try:
            value = [*value[:-2], *(base64.b64decode(each, validate=True) for each in value[-2:])]
            counted.held += _count_of(tuple(value))
        except (TypeError, ValueError) as error:
            raise UnreadPackage(_wrong()) from error
    elif what == "entry":
        counted.held += 1
    return tuple(value)


def _manifest(told: Any) -> PackageManifest:
    if isinstance(told, dict) and isinstance(told.get("form"), int) and told["form"] > SHARE_FORM:
        raise UnreadPackage(_("这个交换包是更新版本的建会通交出的，请先升级程序，什么都没有收下。"))
    try:
        made = PackageManifest(**told)
    except TypeError as error:
        raise UnreadPackage(_wrong()) from error
    if (made.form == SHARE_FORM) != (made.share is not None) or (made.share is not None and share_from(made.share) is None):
        raise UnreadPackage(_wrong())
    return made


def _wrong() -> str:
    return _("这个交换包的内容与它自己写的不符，请对方重新交一个。什么都没有收下。")
