"""A person of whom much is written, and what a search through the register's file would find of them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from models.engine import database, sql
from models.figures.counts import counts
from models.figures.facts import WHOLE_REGISTER, Number, Period
from models.figures.indicators import indicators
from models.register.register import Register
from tests.aids.speaking import LI, WANG, ZHAO

NAME, PHONE, CARD = "欧阳砚舟", "19900000071", "A0099871"
PAGE = 4096
REASON = "本人书面申请，登记第 12 号"
HEAD = ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期", "性别", "群体", "农民工", "居住地址", "会员号", "备注"]
ROWS = [
    ["会员花名册"],
    HEAD,
    [NAME, WANG, PHONE, "甲公司工会", "甲公司", "2024-05-06", "男", "快递员", "是", "示例路 7 号", CARD, "左手有疤"],
    ["李四", LI, "19900000002", "甲公司工会", "甲公司", "2024-06-01", "女", "快递员", "否", "示例路 8 号", None, None],
    ["赵六", ZHAO, "19900000003", "甲公司工会", "甲公司", "2025-07-01", "男", None, None, None, None, None],
]


def texts() -> list[str]:
    """Every text of the person by which a search through the file could find them; the index cuts what two words share."""
    written = [NAME, WANG, PHONE, "19900000072", CARD, "示例路 7 号", "左手有疤", "调走了"]
    return [*written, "yyz", WANG[::-1].lower()[1:], "19900000072"[::-1][1:]]


def pages(register: Register) -> bytes:
    """The register's file and its write-ahead log with every page decrypted as it lies there, free ones too.

    Of a server what all of its tables hold: what lies in its files besides is its own.
    """
    if register.on_server:
        return b"\n".join(_rows())
    key, file = bytes.fromhex(register.key_hex), register.file.read_bytes()
    found = [_page(file[start : start + PAGE], key, start == 0) for start in range(0, len(file), PAGE)]
    log = Path(f"{register.file}-wal")
    frames = log.read_bytes()[32:] if log.exists() else b""
    found += [_page(frames[start + 24 : start + 24 + PAGE], key, False) for start in range(0, len(frames), PAGE + 24)]
    return b"\n".join(found)


def _rows() -> Iterator[bytes]:
    """Every row of the open register's tables on a server, as a text."""
    for (table,) in database.db.execute_sql(sql.TABLES).fetchall():
        for (row,) in database.db.execute_sql(f'SELECT told::text FROM "{table}" AS told'):
            yield row.encode()


def _page(page: bytes, key: bytes, first: bool) -> bytes:
    """SQLCipher 4: AES-256 in CBC mode, the page's vector and its signature in the last 80 bytes, the salt in the first 16."""
    start, stop = (16 if first else 0), PAGE - 80
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[stop : stop + 16])).decryptor()
    return cipher.update(page[start:stop]) + cipher.finalize()


def everything_told(days: list[str]) -> dict[str, list[Number]]:
    """What every indicator comes to in the years until these days."""
    known = list(indicators().values())
    periods = [Period(dt.date.fromisoformat(day).replace(month=1, day=1), dt.date.fromisoformat(day)) for day in days]
    return {f"{period.end}": counts(known, WHOLE_REGISTER, period) for period in periods}
