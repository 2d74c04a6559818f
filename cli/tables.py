"""``tables``: statistics tables, ready-made and one's own: what there is, the numbers, keeping and forgetting one."""

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.figures import period_asked, scope_of
from cli.opening import Opened, opened, say
from cli.output import answer, out_format, print_json, print_table, progress_bar
from cli.verb import given_to
from models.errors import UserError
from models.figures.facts import Inquiry, Number, Period, Scope
from models.figures.periods import key_of, name_of
from models.figures.table_columns import columns_of, folded, shown_rows
from models.figures.table_forms import (
    PARTS,
    TableForm,
    find_form,
    forget_form,
    form_of,
    keep_form,
    part_word,
    rows_word,
    table_forms,
)
from models.figures.tables import Cell, FigureTable, TableRow, make_table
from models.language import _, official
from models.trail.entry import Act
from reports import handout
from reports.choices import ReportChoices
from reports.figure_table import table_report
from reports.handing_over import hand_over


def run_tables(arguments: argparse.Namespace) -> int:
    """Without an action the names of the tables; ``show``, ``keep``, ``forget``."""
    if arguments.action == "list":
        return _list(arguments)
    if not arguments.name:
        raise UserError(_("请写统计表的名称，例如 tables show 新建工会。"))
    return {"show": _show, "keep": _keep, "forget": _forget}[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    with opened(arguments):
        found = table_forms()
    if arguments.json:
        print_json({"tables": [_form(each) for each in found]})
        return 0
    lines = [
        [each.title, rows_word(each.rows), _("、").join(map(part_word, each.parts)), _("自己的") if each.uid else _("自带")]
        for each in found
    ]
    print_table([_("统计表"), _("行"), _("栏"), _("来源")], lines)
    return 0


def _form(form: TableForm) -> dict[str, Any]:
    told = {name: getattr(form, name) for name in ("name", "rows")}
    return told | {"indicators": list(form.indicators), "parts": list(form.parts), "kept": bool(form.uid)}


def _asked_form(arguments: argparse.Namespace) -> TableForm:
    """The named table, with what the options change of it."""
    form = find_form(arguments.name)
    rows, parts = arguments.by or form.rows, form.parts if arguments.parts is None else _split(arguments.parts)
    keys = form.indicators if arguments.indicators is None else _split(arguments.indicators)
    return form_of(form.name, keys, rows, parts, form.uid)


def _split(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.replace("，", ",").replace("、", ",").split(",") if each)


def _show(arguments: argparse.Namespace) -> int:
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        period = period_asked(arguments, day)
        scope = scope_of(arguments.region, here.index)
        table = make_table(_asked_form(arguments), period, day, scope)
        told = _table(table, period, here, scope)
        if arguments.out:
            told |= _write(arguments, table, here, scope)
    if arguments.json:
        print_json(told)
    elif arguments.out:
        print(_("已写入 {path}：{about}").format(path=arguments.out, about=name_of(period) + table.form.name))
    else:
        _print(table, arguments.all)
    return 0


def _write(arguments: argparse.Namespace, table: FigureTable, here: Opened, scope: Scope) -> dict[str, Any]:
    path = Path(arguments.out)
    ending = out_format(path, *handout.FORMATS)
    choices = ReportChoices(here.today, table.passed.end, everything=arguments.all, region=str(scope.region or ""))
    with official():
        report = table_report(table, here.index, choices)
    act = given_to(arguments, Act("export", report.title, report.records))
    with progress_bar(_("排版")) as show:
        written = hand_over(here.author, act, handout.write, report, path, ending, show)
    say(written.note)
    return {"out": str(path)}


def _table(table: FigureTable, period: Period, here: Opened, scope: Scope) -> dict[str, Any]:
    index = Inquiry(table.passed, here.index).index
    days = {"since": table.passed.start.isoformat(), "as_of": table.passed.end.isoformat()}
    about: dict[str, Any] = {"table": table.form.name, "period": key_of(period), "period_name": name_of(period), **days}
    about |= {"region": index.called(scope.region) if scope.region else None, "rows_of": table.form.rows}
    columns = [
        {"key": each.indicator.key, "name": each.indicator.name, "unit": each.indicator.unit, "planned": each.planned or None}
        for each in table.columns
    ]
    lines = {"rows": [_row(table, row) for row in table.rows], "total": _row(table, table.total)}
    return about | {"columns": columns} | lines | {"repeated": _row(table, table.repeated) if table.repeated else None}


def _row(table: FigureTable, row: TableRow) -> dict[str, Any]:
    cells = {column.indicator.key: _cell(cell) for column, cell in zip(table.columns, row.cells, strict=True)}
    return {"uid": row.uid or None, "name": row.name, "depth": row.depth, "empty": row.empty, "cells": cells}


def _cell(cell: Cell) -> dict[str, Any]:
    told = {name: getattr(cell, name) for name in ("plan", "share", "rank", "change")}
    return {"actual": _number(cell.number), "last_year": _number(cell.before)} | told


def _number(number: Number | None) -> dict[str, Any] | None:
    return None if number is None else dataclasses.asdict(number)


def _print(table: FigureTable, everything: bool) -> None:
    columns = columns_of(table)
    print(_("{name}，{period}，{since} 到 {until}").format(
        name=table.form.title, period=name_of(table.of), since=table.passed.start, until=table.passed.end,
    ))  # fmt: skip
    lines = [*shown_rows(table, everything), *([table.repeated] if table.repeated else []), table.total]
    titles = [_("名称"), *(f"{each.group} {each.title}" for each in columns)]
    print_table(titles, [_line(row, columns) for row in lines])
    told = "" if everything else folded(table)
    if told:
        print(told)


def _line(row: TableRow, columns: Sequence[Any]) -> list[Any]:
    return ["　" * row.depth + row.name, *(column.text(row) for column in columns)]


def _keep(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("保存统计表")) as here:
        parts = PARTS if arguments.parts is None else _split(arguments.parts)
        form = form_of(arguments.name, _split(arguments.indicators or ""), arguments.by or "town", parts)
        number = keep_form(form, here.author)
    answer(arguments.json, _form(form) | {"batch": number} | here.afterwards, _("已保存统计表“{name}”。").format(name=form.name))
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("删除统计表")) as here:
        form = find_form(arguments.name)
        number = forget_form(form, here.author)
    told = {"name": form.name, "batch": number}
    answer(arguments.json, told | here.afterwards, _("已删除统计表“{name}”。").format(name=form.name))
    return 0
