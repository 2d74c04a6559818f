"""The marks by which people mean the cell above, and those of which nobody can say what they mean."""

_SURE = (
    "同上", "同前", "如上", "上同", "同上行", "同上栏", "〃", "″", '"', "''", "＂", "“", "”", "〞", "〟", "ditto", "Ditto", "↑", "仝上", "仝", "々",
    "（同上）", "(同上)", "同上。", "同上单位", "同上工会", "同上时间",
)  # fmt: skip
#: Marks that mean the cell above, with the spaces that people put around them.
DITTO = frozenset(each for mark in _SURE for each in (mark, f" {mark}", f"{mark} ", f" {mark} ", f"　{mark}", f"　{mark}　"))
#: Marks that may mean the cell above, the one below, or nothing.
UNCLEAR = frozenset(
    (
        "…", "……", "⋯", "⋯⋯", "..", "...", "......", "。", "。。", "。。。", "↓", "同下", "同左", "同右", "←", "→", "同", "同第一行", "//",
        "、、",
    )
)  # fmt: skip
