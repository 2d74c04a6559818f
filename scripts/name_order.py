r"""Make ``models/values/data/name_order.txt``: in which order characters stand by pinyin and by strokes.

``python scripts/name_order.py UNIHAN_FOLDER STROKES_FILE`` reads

- ``Unihan_Readings.txt.bz2`` (``kMandarin``) and ``Unihan_IRGSources.txt.bz2`` (``kTotalStrokes``), as Debian's ``unicode-data``
  has them,
- ``cnchar.order.min.js`` of cnchar-order, whose strokes are put into the five classes 横 竖 撇 点 折,
- the phrases of pypinyin, of which those are kept in which a character is read otherwise than by itself.

What is in the file, and under which licences its sources are, is said in ``models/values/data/README.md``.
"""

import bz2
import json
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "models" / "values" / "data" / "name_order.txt"
#: cnchar's letters of the strokes that are no turning one, as 1 横 (and 提), 2 竖 (and 竖钩), 3 撇, 4 点 (and 捺); any other is 5 折.
_CLASSES = {"j": "1", "i": "1", "f": "2", "g": "2", "s": "3", "k": "4", "d": "4", "l": "4"}
#: Read otherwise in names and in what units are called than most often in texts.
_INSTEAD = {"长": "chang2", "都": "du1", "了": "liao3", "为": "wei2", "得": "de2", "地": "di4", "着": "zhuo2", "还": "huan2",
            "调": "tiao2", "的": "di2", "娜": "na4", "茜": "qian4", "盛": "sheng4", "强": "qiang2", "兴": "xing1", "壳": "ke2",
            "沈": "shen3", "晟": "sheng4", "么": "yao1"}  # fmt: skip
#: Said with another tone before some syllables, but not looked up so.
_AS_WRITTEN = "一不"
#: Phrases that are read otherwise in what units are called here, and those that are missing.
_NOT_SO = frozenset({"朝阳", "朝天", "大都"})
_OWN = {"重百": ["chong2", "bai3"], "重医": ["chong2", "yi1"], "重大": ["chong2", "da4"], "重钢": ["chong2", "gang1"],
        "重汽": ["chong2", "qi4"], "重啤": ["chong2", "pi2"], "商行": ["shang1", "hang2"], "车行": ["che1", "hang2"]}  # fmt: skip


def main(unihan: str, strokes: str) -> int:
    """Write the file; 0."""
    readings = {each: _INSTEAD.get(each, _plain(told.split()[0])) for each, told in _unihan(unihan, "Readings", "kMandarin")}
    counts = {each: int(told.split()[0]) for each, told in _unihan(unihan, "IRGSources", "kTotalStrokes") if each in readings}
    ways = _ways(Path(strokes), counts)
    in_order = sorted(counts, key=lambda each: (counts[each], ways.get(each, "6"), ord(each)))
    place = {each: number for number, each in enumerate(in_order)}
    phrases = _phrases(readings)
    others = {pair for word, sounds in phrases.items() for pair in zip(word, sounds, strict=True)} | _surnames()
    pairs = set(readings.items()) | {pair for pair in others if pair[0] in readings}
    lines = ["# strokes"]
    for number, found in groupby(in_order, key=counts.__getitem__):
        lines.append(f"{number}\t{''.join(found)}")
    lines.append("# pinyin")
    pairs_in_order = sorted(pairs, key=lambda each: (_in_order(each[1]), place.get(each[0], len(place)), each[0]))
    for sound, held in groupby(pairs_in_order, key=itemgetter(1)):
        chars = [each for each, _sound in held]
        lines.append("\t".join([sound, "".join(chars), "".join(each for each in chars if readings[each] != sound)]).rstrip())
    lines.append("# phrases")
    lines += [f"{word}\t{' '.join(sounds)}" for word, sounds in sorted(phrases.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    told = f"{len(in_order)} characters, {len(ways)} with the order of strokes, {len(pairs)} readings, {len(phrases)} phrases"
    sys.stdout.write(told + "\n")
    return 0


def _unihan(folder: str, part: str, name: str) -> Iterator[tuple[str, str]]:
    with bz2.open(Path(folder) / f"Unihan_{part}.txt.bz2", "rt", encoding="utf-8") as file:
        for line in file:
            if f"\t{name}\t" in line:
                code, _name, told = line.rstrip("\n").split("\t")
                yield chr(int(code.replace("U+", "0x"), 0)), told


def _plain(sound: str) -> str:
    """A syllable with its tone as a number, 5 for none: lǜ → lv4."""
    from pypinyin.contrib.tone_convert import to_tone3

    return str(to_tone3(sound, neutral_tone_with_five=True, v_to_u=False))


def _in_order(sound: str) -> tuple[str, bool, str]:
    """Where a syllable stands in a dictionary: lu, lü, luan, lüe, lun, luo, each by its tones."""
    return sound[:-1].replace("v", "u"), "v" in sound, sound[-1]


def _ways(file: Path, counts: dict[str, int]) -> dict[str, str]:
    """The classes of each character's strokes in their order, where there are as many of them as Unicode has."""
    found = json.loads(re.findall(r"JSON\.parse\('(\{.*?\})'\)", file.read_text(encoding="utf-8"), flags=re.DOTALL)[0])
    ways = {each: "".join(_CLASSES.get(one, "5") for one in told) for each, told in found.items()}
    return {each: way for each, way in ways.items() if counts.get(each) == len(way)}


def _phrases(readings: dict[str, str]) -> dict[str, list[str]]:
    """Phrases of two or three characters of which one is read otherwise, but not where a shorter one tells it as well."""
    from pypinyin.constants import PHRASES_DICT

    found: dict[str, list[str]] = {}
    for word in sorted(PHRASES_DICT, key=lambda each: (len(each), each)):
        sounds = [_plain(each[0]) for each in PHRASES_DICT[word]]
        if word in _NOT_SO or not 2 <= len(word) <= 3 or len(sounds) != len(word) or any(each not in readings for each in word):
            continue
        pairs = zip(word, sounds, strict=True)
        kept = [readings[char] if sound.endswith("5") or char in _AS_WRITTEN else sound for char, sound in pairs]
        if kept != _read(word, found, readings):
            found[word] = kept
    return found | {word: told for word, told in _OWN.items() if told != _read(word, found, readings)}


def _read(word: str, phrases: dict[str, list[str]], readings: dict[str, str]) -> list[str]:
    told: list[str] = []
    while len(told) < len(word):
        at = len(told)
        longest = next((word[at : at + size] for size in (3, 2) if word[at : at + size] in phrases), "")
        told += phrases[longest] if longest else [readings[word[at]]]
    return told


def _surnames() -> set[tuple[str, str]]:
    from models.values.surnames import COMPOUND, SURNAMES

    return {*SURNAMES.items(), *(pair for name, sounds in COMPOUND.items() for pair in zip(name, sounds, strict=True))}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
