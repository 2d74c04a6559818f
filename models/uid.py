"""Record identities: UUIDv7 as text, made once. Time-ordered ones insert fast and never reveal an ID number."""

import datetime as dt
import hashlib
import random
import re
import threading
import time
import uuid

#: Header of the hidden column that holds the records' uids in exported sheets; the importer knows it again.
KEY_TITLE = "记录标识（请勿改动）"

#: The same words give the same uid on every laptop.
_KEYED = uuid.UUID("8f0e6f0b-52d1-5c3a-9d64-7c1b9f3e2a10")
_TIMED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
#: Begins somewhere else in every process; nothing secret hangs on it, and it is asked for some 300,000 at a time.
_chance = random.Random()  # noqa: S311
#: Uids that are made at once: no more than are within a millisecond's twelve bits.
_TOGETHER = 4_096
#: The twelve bits below the milliseconds as they are written.
_LOW = [f"{number:03x}" for number in range(_TOGETHER)]
#: Digits that are drawn for each uid; the first gives two bits, and what the kind of uid puts before them.
_DRAWN = 16
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
_lock = threading.Lock()
_last = 0


def new_uid() -> str:
    """A new UUIDv7 (RFC 9562) as 36 characters; later ones sort after earlier ones, also within one millisecond."""
    return new_uids(1)[0]


def new_uids(count: int) -> list[str]:
    """So many new ones, each sorting after the one before."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 bits below them, counted up when the clock stands still or goes back
        first = max(_last + 1, time.time_ns() // 1_000_000 << 12)
        _last = first + count - 1
    end = first + count
    return [uid for start in range(first, end, _TOGETHER) for uid in _made(start, min(_TOGETHER, end - start))]


def _made(first: int, count: int) -> list[str]:
    """The uids of moments that follow each other, at most ``_TOGETHER`` of them: their digits are drawn and written at once."""
    chance = f"{_chance.getrandbits(4 * _DRAWN * count):0{_DRAWN * count}x}"
    heads = [f"{milli >> 16:08x}-{milli & 0xFFFF:04x}-7" for milli in (first >> 12, (first >> 12) + 1)]
    low = first & 0xFFF
    return [
        f"{heads[at >> 12]}{_LOW[at & 0xFFF]}-{_VARIANT[chance[tail]]}"
        f"{chance[tail + 1 : tail + 4]}-{chance[tail + 4 : tail + _DRAWN]}"
        for at, tail in zip(range(low, low + count), range(0, _DRAWN * count, _DRAWN), strict=True)
    ]


def keyed_uid(*parts: str) -> str:
    """The uid of what there is once under these words, the same on every laptop. It tells no day."""
    return str(uuid.uuid5(_KEYED, " ".join(parts)))


def uid_beside(uid: str, what: str) -> str:
    """The uid of what there is once for a record, the same on every laptop; it sorts and dates as that record's own does."""
    tail = hashlib.sha256(f"{what} {uid}".encode()).hexdigest()
    return f"{uid[:19]}{'89ab'[int(tail[0], 16) % 4]}{tail[1:4]}-{tail[4:16]}"


def uid_after(uid: str, other: str) -> str:
    """A uid that sorts after another one: itself where it does, else with the moment after the other's.

    One that is made otherwise than ours tells no moment, and changes nothing.
    """
    if uid > other or uid[14:15] != "7" or not _TIMED.fullmatch(other):
        return uid
    stamp = int(other[:8] + other[9:13] + other[15:18], 16) + 1
    return f"{stamp >> 28:08x}-{stamp >> 12 & 0xFFFF:04x}-7{stamp & 0xFFF:03x}{uid[18:]}"


def day_of(uid: str) -> str:
    """The day on which a uid was made, as ISO text, by this laptop's clock: when the register learned of the record."""
    return dt.datetime.fromtimestamp(int(uid[:8] + uid[9:13], 16) / 1000).date().isoformat()


def last_of(day: dt.date) -> str:
    """A text that sorts after every uid made until the end of ``day``, and before all later ones."""
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time()).timestamp()
    stamp = f"{int(after * 1000) - 1:012x}"
    return f"{stamp[:8]}-{stamp[8:]}-8"
