"""The tree of the unions (小三级) drawn: levels from left to right, on one page where it fits, else on several to be joined."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.errors import UserError
from models.language import _
from models.records.union import Union
from models.unions.tree import TreeNode, union_tree
from models.values.region_index import RegionIndex
from reports.boxed import BoxedText, text_lines
from reports.choices import ReportChoices
from reports.drawn.page import BOTTOM, LEFT, RIGHT, foot, heading
from reports.fitting import Measure
from reports.paper_page import MM, PaperPage, Tint
from reports.report import Report, ReportColumn, Section

#: The heights of a row in millimetres that are tried, until all rows stand on one page.
_ROWS = (13.0, 11.0, 9.5, 8.0)
#: Levels that stand side by side at most; what lies deeper stands in the last one, farther to the right.
_LEVELS, _GAP, _INSET, _WIDEST = 5, 9.0, 4.0, 82.0
_GREYS = (12, 7, 3)


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The tree below a union, or of the unions of a region or of the register. UserError where there is none."""
    regions = frozenset(index.below(choices.region)) if choices.region else frozenset[str]()
    nodes = union_tree(choices.union, regions, choices.past)
    if not nodes:
        raise UserError(_("这个范围里还没有工会，没有树可以画。"))
    loose = sum(1 for node in nodes if node.loose and node.depth == 0 and not node.branches)
    told = [_("{count:,} 个工会，名册上的会员 {members:,} 人").format(count=len(nodes), members=sum(node.listed for node in nodes))]
    told += [_("没有登记上级的 {count:,} 个").format(count=loose)] if loose and not choices.union else []
    whose = str(Union.get(Union.uid == choices.union).name) if choices.union else choices.whose(index)
    columns = [
        ReportColumn(_("级"), 3, "center"), ReportColumn(_("工会名称"), 24), ReportColumn(_("工会类型"), 9),
        ReportColumn(_("名册会员"), 6, "right"), ReportColumn(_("连同下级"), 6, "right"), ReportColumn(_("申报会员"), 6, "right"),
    ]  # fmt: skip
    return Report(
        _("工会组织树（小三级）"), whose, choices.day.isoformat(), columns, [Section("", [_row(node) for node in nodes])],
        totals=_("；").join(told), footnotes=(_note() + _of_day(nodes, choices.past),), drawn=TreePages(nodes), read_back="all",
    )  # fmt: skip


def _note() -> str:
    return _("“名册”是登记册里在册的会员，“申报”是工会最近报来的会员数；两个都没有的写“人数未登记”，不是零。已撤销的工会不列。")


def _of_day(nodes: Sequence[TreeNode], day: dt.date | None) -> str:
    """What a tree of a past day cannot know."""
    if day is None:
        return ""
    undated = sum(node.undated for node in nodes)
    said = _("工会和会员是 {day} 那天的，上级是现在登记的（登记册里没有上级从哪天起）。").format(day=day.isoformat())
    return said + (_("成立日期不明的 {count:,} 个也画了。").format(count=undated) if undated else "")


def _row(node: TreeNode) -> list[str]:
    name = "　" * node.depth + node.name
    declared = "" if node.declared is None else f"{int(node.declared):,}"
    return [str(node.depth + 1), name, _(node.union_type), f"{node.listed:,}", f"{node.below:,}", declared]


def members_told(node: TreeNode) -> str:
    """What is known of a union's members, in few words."""
    if node.below > node.listed == 0:
        return _("连同下级名册 {below:,} 人").format(below=node.below)
    if node.below > node.listed:
        return _("名册 {listed:,} · 连同下级 {below:,}").format(listed=node.listed, below=node.below)
    if node.listed:
        return _("名册 {listed:,} 人").format(listed=node.listed)
    return _("人数未登记") if node.declared is None else _("申报 {declared:,} 人").format(declared=int(node.declared))


@dataclass(frozen=True)
class _Placed:
    """A union in its row; ``above``: the place of its parent among all, -1 for none; ``last``: the row of its last child."""

    node: TreeNode
    row: int
    above: int
    last: int = -1


@dataclass(frozen=True)
class TreePages:
    """The pages of a tree."""

    nodes: Sequence[TreeNode]

    def pages(self, report: Report, printed: str, measure: Callable[[str, bool], float]) -> Sequence[PaperPage]:
        """All on one page where it fits; else cut between rows, with the line above each page's first union said again."""
        placed, rows = _placed(self.nodes)
        first = PaperPage()
        top = heading(first, report, measure)
        high = next((each for each in _ROWS if rows * each * MM <= BOTTOM - top), _ROWS[1])
        room = max(2, int((BOTTOM - top) / (high * MM)))
        if rows <= room:
            _draw(first, placed, 0, rows, _Frame(top, high * MM, _width(placed)), measure)
            foot(first, report, printed, (1, 1), measure)
            return [first]
        cuts = _cuts(placed, rows, room)
        pages = [first, *(PaperPage() for _more in cuts[1:])]
        for number, (page, (start, end)) in enumerate(zip(pages, cuts, strict=True), start=1):
            if number > 1:
                heading(page, report, measure)
            _draw(page, placed, start, end, _Frame(top, high * MM, _width(placed)), measure)
            foot(page, report, printed, (number, len(pages)), measure, joined=True)
        return pages


@dataclass(frozen=True)
class _Frame:
    """Where the rows begin on a page, how high one is, how wide a level."""

    top: float
    high: float
    wide: float


def _placed(nodes: Sequence[TreeNode]) -> tuple[list[_Placed], int]:
    """Each union in a row: the first one below a union stands in the same row as that one."""
    found: list[_Placed] = []
    line: list[int] = []
    row = -1
    for place, node in enumerate(nodes):
        line = line[: node.depth]
        above = line[-1] if line else -1
        if not (found and node.depth and above == place - 1 and node.depth < _LEVELS):
            row += 1
        found.append(_Placed(node, row, above))
        line.append(place)
    last = {each.above: each.row for each in found}  # the last one below each stays
    return [replace(each, last=last.get(place, -1)) for place, each in enumerate(found)], row + 1


def _width(placed: Sequence[_Placed]) -> float:
    levels = min(_LEVELS, max(each.node.depth for each in placed) + 1)
    return min((RIGHT - LEFT - (levels - 1) * _GAP * MM) / levels, _WIDEST * MM)


def _cuts(placed: Sequence[_Placed], rows: int, room: int) -> list[tuple[int, int]]:
    """Which rows stand on each page; a page ends before a union of the first levels where that leaves it well filled."""
    depth_of: dict[int, int] = {}
    for each in placed:
        depth_of.setdefault(each.row, each.node.depth)
    cuts, start = [], 0
    while start < rows:
        end = min(rows, start + room)
        if end < rows:
            good = [row for row in range(start + room * 2 // 3, end + 1) if depth_of[row] == 0]
            end = good[-1] if good else end
        cuts.append((start, end))
        start = end
    return cuts


def _draw(page: PaperPage, placed: Sequence[_Placed], start: int, end: int, frame: _Frame, measure: Measure) -> None:
    """Draw the rows from ``start`` to before ``end``, and those above the first one again."""
    again = _line_above(placed, start)
    shown = [(placed[place], start) for place in again] + [(each, each.row) for each in placed if start <= each.row < end]
    for each, row in shown:
        _box(page, each.node, frame, row - start, measure, again=each.row < start)
    for each, row in shown:
        if each.above >= 0 and each.row >= start:
            parent = placed[each.above]
            _join(page, parent, max(parent.row, start) - start, each, row - start, frame)
    for each, _row_of in shown:  # what goes on below the page's end
        if each.row < end <= each.last and each.node.depth < _LEVELS - 1:
            x = _x(each.node, frame) + frame.wide + _GAP * MM / 2
            y = frame.top + (max(each.row, start) - start + 0.5) * frame.high
            page.rules.append((x, y, x, frame.top + (end - start) * frame.high))


def _line_above(placed: Sequence[_Placed], start: int) -> list[int]:
    """The places of the unions above the first one of a page that stand on pages before."""
    first = next(each for each in placed if each.row == start)
    line = []
    above = first.above
    while above >= 0:
        line.append(above)
        above = placed[above].above
    return [place for place in reversed(line) if placed[place].row < start]


def _x(node: TreeNode, frame: _Frame) -> float:
    level = min(node.depth, _LEVELS - 1)
    return LEFT + level * (frame.wide + _GAP * MM) + (node.depth - level) * _INSET * MM


def _box(page: PaperPage, node: TreeNode, frame: _Frame, row: int, measure: Measure, *, again: bool) -> None:
    """A union's box: its name, and below it small what is known of its members."""
    x, y = _x(node, frame), frame.top + row * frame.high + 0.8 * MM
    right, bottom = x + frame.wide, y + frame.high - 1.6 * MM
    if node.branches:
        page.tints.append(Tint(x, y, right - x, bottom - y, _GREYS[min(node.depth, len(_GREYS) - 1)]))
    page.rules += [(x, y, right, y), (x, bottom, right, bottom), (x, y, x, bottom), (right, y, right, bottom)]
    inner, part = (x + 1.2 * MM, right - 1.2 * MM), y + (bottom - y) * 0.64
    name = node.name + (_("（续）") if again else "")
    page.texts += text_lines(name, (inner[0], y, inner[1], part), BoxedText(9, 2, bold=bool(node.branches)), measure)
    page.texts += text_lines(members_told(node), (inner[0], part, inner[1], bottom - 0.3 * MM), BoxedText(6.5), measure)


def _join(page: PaperPage, parent: _Placed, parent_row: int, child: _Placed, row: int, frame: _Frame) -> None:
    """The line from a union to one below it."""
    middle = frame.top + (row + 0.5) * frame.high
    if child.node.depth >= _LEVELS:
        return
    x, end = _x(parent.node, frame) + frame.wide, _x(child.node, frame)
    bend = x + (end - x) / 2
    from_y = frame.top + (parent_row + 0.5) * frame.high
    if row == parent_row:
        page.rules.append((x, middle, end, middle))
        return
    page.rules += [(x, from_y, bend, from_y), (bend, from_y, bend, middle), (bend, middle, end, middle)]
