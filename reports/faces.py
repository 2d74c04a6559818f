"""The faces of a paper (标题小标宋、正文仿宋、表头黑体): which families serve, the best first. Pure data; what is installed is asked later.

The order follows what offices here sign with: the faces of 方正 where they were bought, those of Windows and of Word, then free
ones (思源, Noto, Fandol, 文鼎). Where a machine has none of a face's own, the plain list at the end serves, as it does for every
character that a face lacks.
"""

from typing import Literal, NamedTuple

Face = Literal["title", "text", "heading"]


class FaceFamily(NamedTuple):
    """A family, and whether it has to be made bold to serve as the face."""

    family: str
    bold: bool = False


#: 小标宋 is a heavy 宋; a plain 宋 or 黑 in bold stands in for it.
_TITLE = (
    FaceFamily("方正小标宋_GBK"), FaceFamily("FZXiaoBiaoSong-B05"), FaceFamily("方正小标宋简体"), FaceFamily("FZXiaoBiaoSong-B05S"),
    FaceFamily("华文中宋"), FaceFamily("STZhongsong"), FaceFamily("Source Han Serif SC", True), FaceFamily("思源宋体", True),
    FaceFamily("Noto Serif CJK SC", True), FaceFamily("Noto Serif SC", True), FaceFamily("FandolSong", True),
    FaceFamily("宋体", True), FaceFamily("SimSun", True), FaceFamily("Songti SC", True), FaceFamily("AR PL UMing CN", True),
)  # fmt: skip
#: 仿宋 with the characters of GBK before that with those of GB 2312 alone; then a light 宋.
_TEXT = (
    FaceFamily("方正仿宋_GBK"), FaceFamily("FZFangSong-Z02"), FaceFamily("仿宋"), FaceFamily("FangSong"),
    FaceFamily("华文仿宋"), FaceFamily("STFangsong"), FaceFamily("仿宋_GB2312"), FaceFamily("FangSong_GB2312"),
    FaceFamily("FandolFang R"), FaceFamily("FandolFang"), FaceFamily("宋体"), FaceFamily("SimSun"),
    FaceFamily("Source Han Serif SC"), FaceFamily("思源宋体"), FaceFamily("Noto Serif CJK SC"), FaceFamily("Noto Serif SC"),
    FaceFamily("FandolSong"), FaceFamily("Songti SC"), FaceFamily("AR PL UMing CN"),
)  # fmt: skip
#: 黑体 is heavy enough by itself; the text faces of screens are made bold.
_HEADING = (
    FaceFamily("方正黑体_GBK"), FaceFamily("FZHei-B01"), FaceFamily("黑体"), FaceFamily("SimHei"), FaceFamily("华文黑体"),
    FaceFamily("STHeiti"), FaceFamily("Heiti SC"), FaceFamily("Source Han Sans SC", True), FaceFamily("思源黑体", True),
    FaceFamily("Noto Sans CJK SC", True), FaceFamily("Noto Sans SC", True), FaceFamily("FandolHei", True),
)  # fmt: skip

FACES: dict[Face, tuple[FaceFamily, ...]] = {"title": _TITLE, "text": _TEXT, "heading": _HEADING}

#: What serves where a face has nothing of its own, and for characters that a family lacks; the last ones hold the rare ones
#: (names outside of the basic plane).
PLAIN = (
    "WenQuanYi Zen Hei", "Microsoft YaHei", "SimSun", "SimHei", "DengXian", "PingFang SC", "WenQuanYi Micro Hei",
    "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Droid Sans Fallback", "AR PL UMing CN", "SimSun-ExtB", "宋体-ExtB",
    "SimSun-ExtG", "Noto Serif CJK SC", "HanaMinB", "BabelStone Han",
)  # fmt: skip
