"""Small surgery on the XML of a workbook's parts: as bytes, so that whatever is not understood stays as it is.

Only what spreadsheet programs themselves write is understood: UTF-8, no comments, no document type. Everything else
raises :class:`NotUnderstood`, and the workbook is then written anew instead.
"""

import html
import re
from dataclasses import dataclass

from importers.workbook.writing import legal

#: A tag: "/" of an end tag, name, attributes, "/" of an empty element. Attributes may hold ">" between their quotes.
_TAG = re.compile(rb"""<(/?)([A-Za-z_][\w:.-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(/?)>""")
_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>)?\s*")
_ENCODING = re.compile(rb"""encoding=["']([\w-]+)["']""")
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class NotUnderstood(Exception):
    """The package is not of the plain kind that can be changed in place."""


@dataclass(slots=True)
class Child:
    """One element directly below another: its name as written, and all of its XML."""

    name: bytes
    xml: bytes


@dataclass(slots=True)
class Element:
    """An element taken apart one level deep. ``before``: what stands before its opening tag (the XML declaration)."""

    before: bytes
    opening: bytes
    children: list[Child]
    closing: bytes

    def joined(self) -> bytes:
        """The element's XML again."""
        if not self.closing and not self.children:
            return self.before + self.opening
        name = tag_name(self.opening)
        opening = self.opening[:-2].rstrip() + b">" if self.opening.endswith(b"/>") else self.opening
        return b"".join([self.before, opening, *(each.xml for each in self.children), self.closing or b"</%s>" % name])

    def child(self, name: bytes) -> Child | None:
        """The first child of a name."""
        return next((each for each in self.children if each.name == name), None)


def tag_name(tag: bytes) -> bytes:
    """The name of an opening tag."""
    found = _TAG.match(tag)
    if found is None:
        raise NotUnderstood("tag")
    return found[2]


def taken_apart(xml: bytes) -> Element:
    """Take the outermost element of ``xml`` apart. NotUnderstood when it is not plain UTF-8 XML of nested elements."""
    before = _DECLARATION.match(xml)
    if before is None or b"<!" in xml:
        raise NotUnderstood("xml")
    encoding = _ENCODING.search(before[0])
    if encoding is not None and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise NotUnderstood("encoding")
    opening = _TAG.match(xml, before.end())
    if opening is None or opening[1]:
        raise NotUnderstood("xml")
    if opening[4]:
        return Element(before[0], opening[0], [], b"")
    children, end = children_of(xml, opening.end())
    closing = _TAG.match(xml, end)
    if closing is None or not closing[1] or closing[2] != opening[2] or xml[closing.end() :].strip():
        raise NotUnderstood("xml")
    return Element(before[0], opening[0], children, closing[0])


def beginning(xml: bytes) -> tuple[bytes, list[Child]]:
    """An element whose end is not there yet: everything to the end of its opening tag, and the children so far."""
    element = taken_apart(xml + b"</%s>" % tag_name(xml[_declared(xml) :]))
    return element.before + element.opening, element.children


def _declared(xml: bytes) -> int:
    before = _DECLARATION.match(xml)
    return before.end() if before else 0


def children_of(xml: bytes, start: int = 0) -> tuple[list[Child], int]:
    """The elements that follow each other from ``start`` on, and where the first thing stands that is none of them."""
    children: list[Child] = []
    while True:
        opening = _TAG.match(xml, _after_space(xml, start))
        if opening is None or opening[1]:
            return children, _after_space(xml, start)
        end = opening.end() if opening[4] else _end_of(xml, opening)
        children.append(Child(opening[2], xml[opening.start() : end]))
        start = end


def _after_space(xml: bytes, at: int) -> int:
    while at < len(xml) and xml[at] in b" \t\r\n":
        at += 1
    return at


def _end_of(xml: bytes, opening: re.Match[bytes]) -> int:
    """The place after the end tag that belongs to an opening tag."""
    same = re.compile(rb"<(/?)%s(?=[\s/>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?(/?)>" % re.escape(opening[2]))
    depth = 1
    for tag in same.finditer(xml, opening.end()):
        if not tag[2]:
            depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    raise NotUnderstood("unclosed")


def opening_tag(xml: bytes) -> bytes:
    """The opening tag with which an element's XML begins."""
    found = _TAG.match(xml)
    if found is None:
        raise NotUnderstood("tag")
    return found[0]


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """An attribute's raw value in an opening tag (entities as written); None when it is not there."""
    found = re.search(rb"""\s%s\s*=\s*(?:"([^"]*)"|'([^']*)')""" % re.escape(name), tag)
    if found is None:
        return None
    return found[1] if found[1] is not None else found[2]


def with_attribute(tag: bytes, name: bytes, value: bytes | None) -> bytes:
    """The opening tag with an attribute set to a raw value; None takes it out."""
    tag = re.sub(rb"""\s+%s\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name), b"", tag, count=1)
    if value is None:
        return tag
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + b' %s="%s"' % (name, value) + tag[end:]


def with_tag(xml: bytes, **attributes: bytes | int | None) -> bytes:
    """An element's XML with attributes of its opening tag set, or taken out where None is given."""
    old = opening_tag(xml)
    new = old
    for name, value in attributes.items():
        new = with_attribute(new, name.encode(), b"%d" % value if isinstance(value, int) else value)
    return new + xml[len(old) :]


def escaped(text: str) -> bytes:
    """A text as the content of an element or of a double-quoted attribute; what no cell can hold is left out."""
    text = legal(text)
    if "&" in text or "<" in text or ">" in text or '"' in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.encode()


def unescaped(raw: bytes) -> str:
    """The text of raw XML content."""
    return html.unescape(raw.decode())
