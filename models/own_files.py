"""What a workbook or a document that this program wrote says of itself: whether its rows are records, or it is paper only.

It stands among the file's properties (类别), where nobody's importer stumbles over it and saving it in another program leaves it.
A file that says that it is a list tells nothing new by repeating what the register said; one that is paper only is no list.
"""

from typing import Final, Literal

#: What a file was made as: a list whose rows are records, or paper; "" for one of anybody's.
MadeAs = Literal["", "list", "paper"]
#: How each is written among the properties.
WRITTEN: Final[dict[MadeAs, str]] = {"list": "jianhui-list", "paper": "jianhui-paper"}
#: The part of a package in which it stands.
PART = "docProps/core.xml"


def made_as(properties: str) -> MadeAs:
    """What a file was made as, by the text of its properties."""
    return next((each for each, written in WRITTEN.items() if f">{written}<" in properties), "")
