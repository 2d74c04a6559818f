"""Who belongs to whom in a package: the relationships of a part, and the list of all parts' types."""

import posixpath
from html import unescape

from importers.returned.xml import Child, attribute, escaped, taken_apart, with_tag

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_PLAIN_WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def links_name(part: str) -> str:
    """The name of the part that holds another part's relationships."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


class Links:
    """The relationships of one part."""

    def __init__(self, xml: bytes | None, part: str) -> None:
        """``xml`` None: the part has none yet."""
        self._element = taken_apart(xml or _EMPTY)
        self._folder = posixpath.dirname(part)

    def _of_kind(self, kind: str) -> list[Child]:
        ending = b"/" + kind.encode()
        return [each for each in self._element.children if (attribute(each.xml, b"Type") or b"").endswith(ending)]

    def _target(self, link: Child) -> str:
        target = unescape((attribute(link.xml, b"Target") or b"").decode())
        return posixpath.normpath(posixpath.join("/" + self._folder, target)).lstrip("/")

    def targets(self, kind: str) -> list[str]:
        """The parts of a kind ("comments", "table" …), by name."""
        return [self._target(each) for each in self._of_kind(kind)]

    def all_targets(self) -> list[str]:
        """All parts within the package that this one speaks of."""
        inside = [each for each in self._element.children if attribute(each.xml, b"TargetMode") != b"External"]
        return [self._target(each) for each in inside]

    def drop(self, kind: str) -> list[str]:
        """Forget the parts of a kind; returns their names."""
        gone = self._of_kind(kind)
        names = [self._target(each) for each in gone]
        self._element.children = [each for each in self._element.children if not any(each is link for link in gone)]
        return names

    def add(self, kind: str, target: str) -> bytes:
        """A new relationship to a part; returns its id."""
        taken = {attribute(each.xml, b"Id") for each in self._element.children}
        number = next(number for number in range(1, len(taken) + 2) if b"rId%d" % number not in taken)
        name = b"rId%d" % number
        xml = b'<Relationship Id="%s" Type="%s" Target="/%s"/>' % (name, (_LINKS + kind).encode(), escaped(target))
        self._element.children.append(Child(b"Relationship", xml))
        return name

    def part(self) -> bytes:
        """The relationships' XML."""
        return self._element.joined()


class Types:
    """The content types of all parts of a package."""

    def __init__(self, xml: bytes) -> None:
        """Take the part apart."""
        self._element = taken_apart(xml)

    def _named(self, part: str) -> list[Child]:
        name = "/" + part.lower()
        children = self._element.children
        return [each for each in children if unescape((attribute(each.xml, b"PartName") or b"").decode()).lower() == name]

    def drop(self, part: str) -> None:
        """Forget a part."""
        gone = self._named(part)
        self._element.children = [each for each in self._element.children if not any(each is one for one in gone)]

    def add_part(self, part: str, kind: str) -> None:
        """A new part."""
        xml = b'<Override PartName="/%s" ContentType="%s"/>' % (escaped(part), kind.encode())
        self._element.children.append(Child(b"Override", xml))

    def add_ending(self, ending: str, kind: str) -> None:
        """All parts whose names end so, unless that is known already."""
        endings = {(attribute(each.xml, b"Extension") or b"").lower() for each in self._element.children}
        if ending.encode() not in endings:
            xml = b'<Default Extension="%s" ContentType="%s"/>' % (ending.encode(), kind.encode())
            self._element.children.insert(0, Child(b"Default", xml))

    def as_plain_workbook(self, part: str) -> None:
        """A workbook that was one with macros, or a template, is a plain one from now on."""
        for each in self._named(part):
            each.xml = with_tag(each.xml, ContentType=_PLAIN_WORKBOOK)
        if not self._named(part):
            self.add_part(part, _PLAIN_WORKBOOK.decode())

    def part(self) -> bytes:
        """The part's XML."""
        return self._element.joined()
