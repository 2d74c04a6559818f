"""An example of every act of the program: a function that opens a batch, done once to a small register.

By the path and the name of the function that opens the batch; :func:`found_in_the_source` walks the source for all of them.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from importers import session
from importers.rows.decisions import Decisions
from models.drive import case_list, contacts, founding, moves, sources
from models.drive.cases import reconcile
from models.duplicates.find import mark_distinct
from models.duplicates.merge import merge
from models.editing import (
    bulk,
    count_entry,
    coverages,
    dating,
    editing,
    endings,
    entry,
    groups,
    mistakes,
    moving,
    officers,
    own_fields,
    own_labels,
    placing,
    regions,
    union_types,
)
from models.editing.cells import plan_cells, write_cells
from models.figures import targets
from models.journal import saved_filters
from models.journal.done import Done, did
from models.journal.settings import change_settings
from models.journal.undo import undo
from models.journal.writer import Author
from models.ledger import entries
from models.ledger import kinds as ledger_kinds
from models.people import erasing
from models.records.drive_case import Contact
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.officer import Officer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register import erased_list
from models.sites import kinds as site_kinds
from models.sites import sites
from models.values.region_index import RegionIndex
from tests.aids import case_world
from tests.aids.speaking import TODAY, WANG, imported_rows, workbook
from tests.house.test_architecture import Module, source
from tests.journal import acts_of_lists, acts_of_papers, acts_of_worklists

DAY = TODAY.isoformat()
TOWN = "沙坪坝区小龙坎街道"


@dataclass
class World:
    """A register of a test's own, and what the acts need in it, made when it is asked for."""

    author: Author
    folder: Path

    @cached_property
    def index(self) -> RegionIndex:
        """The regions of today."""
        return load_index(TODAY)

    @cached_property
    def employer(self) -> str:
        """An employer on the drive's list (uid)."""
        return case_world.employer(self.author, region=TOWN)

    @cached_property
    def other(self) -> str:
        """Another one."""
        return case_world.employer(self.author, "重庆松石虚构餐饮有限公司", 40, region=TOWN)

    @cached_property
    def case(self) -> str:
        """The case of the employer."""
        return case_world.case(self.author, self.employer)

    @cached_property
    def union(self) -> str:
        """A union that covers nobody."""
        return case_world.union(self.author)

    @cached_property
    def worker(self) -> str:
        """A person who is no member."""
        return case_world.made(self.author, Worker, name="王五", id_number=WANG)

    @cached_property
    def member(self) -> str:
        """A person who is a member."""
        moving.enter("入会", [self.worker], "2026-01-02", self.author, union=self.union)
        return self.worker

    @cached_property
    def contact(self) -> str:
        """A contact of the case."""
        contacts.add_contact(self.case, {"date": "2026-11-02", "attitude": "观望"}, self.author)
        return str(Contact.get().uid)

    @cached_property
    def paper(self) -> str:
        """A paper of the case."""
        return moves.add_paper(self.case, {"name": "单位基本情况表", "number": "1"}, self.author)

    @cached_property
    def target(self) -> str:
        """A target of the year."""
        return targets.set_target(TODAY.year, "new_members", 200, self.author, self.index)

    @cached_property
    def work(self) -> str:
        """An entry of the work ledger."""
        return entries.add(self.told_work, self.author)

    @property
    def told_work(self) -> dict[str, Any]:
        """What an entry of the work ledger says."""
        return entries.read({"ledger_kind": "劳动争议调解", "date": "2026-03-05"}, self.index)

    @cached_property
    def kind_of_work(self) -> str:
        """A kind of work of the register's own."""
        return ledger_kinds.add_kind("阅读推广", "场", self.author)

    @cached_property
    def site(self) -> str:
        """Something that stands."""
        return sites.add(self.told_site, self.author)

    @property
    def told_site(self) -> dict[str, Any]:
        """What is written of something that stands."""
        return sites.read({"site_kind": "工会驿站", "name": "小龙坎商圈驿站", "since": "2026-05-20"}, self.index)

    @cached_property
    def kind_of_site(self) -> str:
        """A kind of things that stand of the register's own."""
        return site_kinds.add_kind("阅读角", "个", self.author)

    @cached_property
    def officer(self) -> str:
        """A post of the union."""
        officers.enter_officer(self.union, CHAIR, self.author, TODAY)
        return str(Officer.get(Officer.union == self.union).uid)

    @cached_property
    def own_field(self) -> str:
        """An own field of workers, the first of two (uid)."""
        wanted = [own_fields.NewField("worker", "爱好"), own_fields.NewField("worker", "宿舍")]
        own_fields.add_own_fields(wanted, self.author)
        return wanted[0].uid

    @cached_property
    def kept(self) -> str:
        """A saved filter."""
        saved_filters.save_filter("workers", "甲", {"where:sex": "男"}, self.author)
        return saved_filters.saved_filters("workers")[0].uid

    def filled(self, **texts: str) -> editing.Understood:
        """A form for the person, filled in."""
        return editing.understand("worker", texts, editing.held("worker", self.worker), TODAY, self.index)


Example = Callable[[World], Done[Any]]


def _import(world: World) -> Done[Any]:
    rows = [["姓名", "身份证号", "工作单位", "工会", "入会日期"], ["王五", WANG, "甲公司", "甲公司工会", "2026-03-01"]]
    return did(imported_rows, world.author, world.folder, rows, kind="workers")


def _remember(world: World) -> Done[Any]:
    path = workbook(world.folder / "表.xlsx", {"Sheet1": [["姓名", "身份证号", "爱好"], ["王五", WANG, "篮球"]]})
    options = session.ImportOptions("workers")
    files = session.read([path], options)
    decided = Decisions(mappings={(path.name, "Sheet1"): {2: "note"}})
    return did(session.remember, session.understand(files, options, decided, TODAY), decided, world.author)


def _found(world: World) -> Done[Any]:
    given = {"name": "霁蓝虚构印务工会", "founding_date": "2026-11-20"}
    case_world.case(world.author, world.other)
    cases = [world.case, case_world.case_of(world.other)["uid"]]
    return did(founding.found_joint, cases, given, world.author, TODAY)


def _confirm(world: World) -> Done[Any]:
    case_world.union(world.author, "重庆市霁蓝虚构印务有限公司工会", verified=0)
    assert world.employer
    return did(sources.confirm, sources.matches(world.index)[0], world.author, TODAY, world.index)


def _reject(world: World) -> Done[Any]:
    case_world.union(world.author, "重庆市霁蓝虚构印务有限公司工会", verified=0)
    assert world.employer
    return did(sources.reject, sources.matches(world.index)[0], world.author)


def _merge(world: World) -> Done[Any]:
    assert world.case
    return did(merge, world.employer, world.other, {}, world.author, world.index, TODAY)


def _uncover(world: World) -> Done[Any]:
    case_world.cover(world.author, world.union, world.employer)
    return did(coverages.uncover, [world.employer], TODAY, world.author)


def _create(world: World) -> Done[Any]:
    texts = {"name": "李四", "union": "某市场联合工会", "join_date": "2026-03-01"}
    assert world.union
    understood = editing.understand("worker", texts, {}, TODAY, world.index)
    return did(editing.create, "worker", understood, world.author, TODAY)


def _dissolve(world: World) -> Done[Any]:
    case_world.cover(world.author, world.union, world.employer)
    return did(endings.dissolve_union, world.union, DAY, world.author, TODAY)


def _date(world: World) -> Done[Any]:
    case_world.made(world.author, Union, name="沙坪坝区霁蓝虚构工会", founding_date=None)
    return did(dating.date_by, "union", dating.undated_facts("union", TODAY), None, DAY, world.author, TODAY)


def _confirm_types(world: World) -> Done[Any]:
    uid = case_world.made(world.author, Union, name="沙坪坝区虚构街道总工会", union_type=None)
    return did(union_types.confirm_types, [uid], world.author)


def _rename_group(world: World) -> Done[Any]:
    case_world.made(world.author, Worker, name="骑一", occupation_group="外卖配送员")
    uid = groups.find_group("外卖配送员").uid
    return did(groups.change_group, uid, world.author, name="外卖小哥")


def _rename_label(world: World) -> Done[Any]:
    own_labels.add_label("学历", "扫盲班", [], world.author)
    case_world.made(world.author, Worker, name="王六", education="扫盲班")
    return did(own_labels.change_label, "学历", "扫盲班", world.author, name="识字班")


def _rename_own_field(world: World) -> Done[Any]:
    return did(own_fields.change_own_field, world.own_field, world.author, name="特长")


def _remove_event(world: World) -> Done[Any]:
    assert world.member
    return did(moving.remove_event, MembershipEvent.get().uid, world.author)


def _reconcile(world: World) -> Done[Any]:
    assert world.employer
    return did(reconcile, TODAY, world.author, world.index)


def _take_back(world: World) -> Done[Any]:
    moves.move(world.case, "已接触", DAY, world.author)
    return did(moves.take_back, world.case, world.author)


def _reopen(world: World) -> Done[Any]:
    moves.close(world.case, "搬迁", DAY, world.author, TODAY)
    return did(moves.reopen, world.case, DAY, world.author)


def _join(world: World) -> Done[Any]:
    joined = case_world.employer(world.author, "重庆甲示例有限公司", None, region=TOWN)
    case_world.cover(world.author, case_world.union(world.author, "甲公司工会"), joined)
    person = case_world.made(world.author, Worker, name="王七", employer=joined)
    return did(placing.join, placing.propose([person], world.index, TODAY).placings, DAY, world.author)


def _undo(world: World) -> Done[Any]:
    done = _import(world)
    assert done.batch is not None
    return did(undo, done.batch, world.author)


def _count(world: World) -> str:
    return str(HeadCount.get(HeadCount.subject == world.employer).uid)


def _reapply(world: World) -> Done[Any]:
    erased_list.keep(world.folder, [world.worker], swept=True)
    return did(erasing.reapply, world.folder, lambda: world.author)


CHAIR = {"name": "赵示例", "body": "工会委员会", "post": "主席", "since": "2024-03"}
COUNT = {"as_of": "2026-03-01", "source": "税务", "staff_count": "41"}
COUNT_FIXED = {"as_of": "2026-06-30", "source": "税务", "staff_count": "41"}

#: Path and name of each function that opens a batch → one of its kind, done.
EXAMPLES: dict[str, Example] = {
    **acts_of_lists.EXAMPLES,
    **acts_of_papers.EXAMPLES,
    **acts_of_worklists.EXAMPLES,
    "importers/apply.py _applied": _import,
    "importers/session.py remember": _remember,
    "models/drive/case_list.py plan_case": lambda w: did(case_list.plan_case, w.case, {"next_action": "走访"}, w.author),
    "models/drive/case_list.py plan_cases": lambda w: did(case_list.assign, [w.case], "陈示例", w.author),
    "models/drive/cases.py reconcile": _reconcile,
    "models/drive/contacts.py add_contact": lambda w: did(
        contacts.add_contact, w.case, {"date": DAY, "attitude": "观望"}, w.author, {"next_action": "再去"}
    ),
    "models/drive/contacts.py change_contact": lambda w: did(contacts.change_contact, w.contact, {"attitude": "拒绝"}, w.author),
    "models/drive/contacts.py remove_contact": lambda w: did(contacts.remove_contact, w.contact, w.author),
    "models/drive/founding.py _found": _found,
    "models/drive/founding.py join_existing": lambda w: did(founding.join_existing, w.case, w.union, DAY, w.author, TODAY),
    "models/drive/moves.py add_paper": lambda w: did(moves.add_paper, w.case, {"name": "单位基本情况表"}, w.author),
    "models/drive/moves.py change_paper": lambda w: did(moves.change_paper, w.paper, {"number": "2"}, w.author),
    "models/drive/moves.py close": lambda w: did(moves.close, w.case, "注销", DAY, w.author, TODAY),
    "models/drive/moves.py move": lambda w: did(moves.move, w.case, "已接触", DAY, w.author),
    "models/drive/moves.py remove_paper": lambda w: did(moves.remove_paper, w.paper, w.author),
    "models/drive/moves.py reopen": _reopen,
    "models/drive/moves.py take_back": _take_back,
    "models/drive/sources.py confirm": _confirm,
    "models/drive/sources.py reject": _reject,
    "models/duplicates/find.py mark_distinct": lambda w: did(mark_distinct, w.employer, w.other, w.author),
    "models/duplicates/merge.py merge": _merge,
    "models/editing/bulk.py set_field": lambda w: did(
        bulk.set_field, "employer", [w.employer, w.other], "address", "小龙坎新街 1 号", w.author, TODAY, w.index
    ),
    "models/editing/cells.py write_cells": lambda w: did(
        write_cells, plan_cells("worker", {w.worker: {"phone": "19900000099"}}, TODAY, w.index), w.author
    ),
    "models/editing/count_entry.py correct_count": lambda w: did(
        count_entry.correct_count, _count(w), COUNT_FIXED, w.author, TODAY
    ),
    "models/editing/count_entry.py enter_count": lambda w: did(
        count_entry.enter_count, "employer", w.employer, COUNT, w.author, TODAY
    ),
    "models/editing/count_entry.py remove_count": lambda w: did(count_entry.remove_count, _count(w), w.author),
    "models/editing/coverages.py cover": lambda w: did(coverages.cover, w.union, [w.employer], DAY, w.author, TODAY),
    "models/editing/coverages.py uncover": _uncover,
    "models/editing/dating.py date_by": _date,
    "models/editing/editing.py create": _create,
    "models/editing/editing.py save": lambda w: did(
        editing.save, "worker", editing.held("worker", w.worker), w.filled(education="大专"), w.author
    ),
    "models/editing/endings.py close_employer": lambda w: did(endings.close_employer, w.employer, DAY, w.author, TODAY),
    "models/editing/endings.py dissolve_union": _dissolve,
    "models/editing/entry.py create_unverified": lambda w: did(entry.create_unverified, "union", "某虚构工会", w.author),
    "models/editing/groups.py add_group": lambda w: did(groups.add_group, "陪诊师", w.author),
    "models/editing/groups.py change_group": _rename_group,
    "models/editing/mistakes.py remove_mistake": lambda w: did(mistakes.remove_mistake, "worker", w.member, w.author),
    "models/editing/moving.py enter": lambda w: did(moving.enter, "退会", [w.member], DAY, w.author, reason="本人申请"),
    "models/editing/moving.py remove_event": _remove_event,
    "models/editing/officers.py correct_officer": lambda w: did(
        officers.correct_officer, w.officer, CHAIR | {"post": "副主席"}, w.author, TODAY
    ),
    "models/editing/officers.py end_officer": lambda w: did(officers.end_officer, w.officer, "2026-10-01", w.author, TODAY),
    "models/editing/officers.py enter_officer": lambda w: did(officers.enter_officer, w.union, CHAIR, w.author, TODAY),
    "models/editing/officers.py remove_officer": lambda w: did(officers.remove_officer, w.officer, w.author),
    "models/editing/own_fields.py add_own_fields": lambda w: did(
        own_fields.add_own_fields, [own_fields.NewField("worker", "爱好")], w.author
    ),
    "models/editing/own_fields.py change_own_field": _rename_own_field,
    "models/editing/own_labels.py _write": _rename_label,
    "models/editing/placing.py join": _join,
    "models/editing/regions.py add_region": lambda w: did(
        regions.add_region, "虚构楼宇", "building", str(w.index.resolve(TOWN).uid), w.author, w.index
    ),
    "models/editing/regions.py change_region": lambda w: did(
        regions.change_region, str(w.index.resolve(TOWN).uid), w.author, w.index, dense=True
    ),
    "models/editing/union_types.py confirm_types": _confirm_types,
    "models/figures/targets.py remove_target": lambda w: did(targets.remove_target, w.target, w.author),
    "models/figures/targets.py set_source": lambda w: did(targets.set_source, w.target, "工作要点", w.author),
    "models/figures/targets.py set_target": lambda w: did(
        targets.set_target, TODAY.year, "new_members", 200, w.author, w.index
    ),
    "models/people/erasing.py erase": lambda w: did(erasing.erase, [w.worker], "书面申请第 1 号", w.author, w.folder),
    "models/people/erasing.py reapply": _reapply,
    "models/journal/saved_filters.py remove_filter": lambda w: did(saved_filters.remove_filter, w.kept, w.author),
    "models/journal/saved_filters.py rename_filter": lambda w: did(saved_filters.rename_filter, w.kept, "乙", w.author),
    "models/journal/saved_filters.py save_filter": lambda w: did(
        saved_filters.save_filter, "workers", "甲", {"where:sex": "男"}, w.author
    ),
    "models/journal/settings.py change_settings": lambda w: did(change_settings, {"threshold": 30}, w.author),
    "models/journal/undo.py undo": _undo,
    "models/ledger/entries.py add": lambda w: did(entries.add, w.told_work, w.author),
    "models/ledger/entries.py change": lambda w: did(entries.change, w.work, w.told_work | {"quantity": 3}, w.author),
    "models/ledger/entries.py remove": lambda w: did(entries.remove, w.work, w.author),
    "models/ledger/kinds.py add_kind": lambda w: did(ledger_kinds.add_kind, "阅读推广", "场", w.author),
    "models/ledger/kinds.py change_kind": lambda w: did(ledger_kinds.change_kind, w.kind_of_work, w.author, unit="次"),
    "models/ledger/kinds.py remove_kind": lambda w: did(ledger_kinds.remove_kind, w.kind_of_work, w.author),
    "models/sites/kinds.py add_kind": lambda w: did(site_kinds.add_kind, "阅读角", "个", w.author),
    "models/sites/kinds.py change_kind": lambda w: did(site_kinds.change_kind, w.kind_of_site, w.author, unit="处"),
    "models/sites/kinds.py remove_kind": lambda w: did(site_kinds.remove_kind, w.kind_of_site, w.author),
    "models/sites/sites.py add": lambda w: did(sites.add, w.told_site, w.author),
    "models/sites/sites.py change": lambda w: did(sites.change, w.site, w.told_site | {"quantity": 3}, w.author),
    "models/sites/sites.py remove": lambda w: did(sites.remove, w.site, w.author),
}


def opening_a_batch(module: Module) -> Iterator[str]:
    """The functions of a module with ``with batch(…)`` in them, named as in :data:`EXAMPLES`."""
    for function in module.nodes:
        if isinstance(function, ast.FunctionDef) and any(map(_is_batch, ast.walk(function))):
            yield f"{module.path} {function.name}"


def _is_batch(node: ast.AST) -> bool:
    match node:
        case ast.withitem(context_expr=ast.Call(func=ast.Name(id="batch") | ast.Attribute(attr="batch"))):
            return True
    return False


def found_in_the_source() -> set[str]:
    """Every function of the rooms that opens a batch."""
    return {name for module in source(rooms_only=True) for name in opening_a_batch(module)}
