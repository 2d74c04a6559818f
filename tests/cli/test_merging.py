"""The command line on records that may be one: proposed, merged or previewed, taken apart, marked as distinct."""

from pathlib import Path

import pytest

from models.register.register import Register
from tests.aids.speaking import WANG, workbook
from tests.aids.terminal import Commands, stocked

HEAD = ["姓名", "身份证号", "手机", "出生日期", "工作单位", "学历"]
ONE = ["王砚舟", WANG, "19900000001", "1985-03-07", "重庆霁蓝虚构印务有限公司", None]
OTHER = ["王砚舟", None, "19900000002", "1985-03-07", "霁蓝虚构印务", "大专"]
UNITS = [["企业名称", "所在街道"], ["重庆霁蓝虚构印务有限公司", "沙坪坝区小龙坎街道"], ["霁蓝虚构印务", None]]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Two companies that are one."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"单位": {"名单": UNITS}})


def pair(run: Commands) -> tuple[str, str]:
    """The uids of the only pair of companies that may be one."""
    (found,) = run.told("duplicates", "employers")["pairs"]
    return found["left"]["uid"], found["right"]["uid"]


def test_duplicates_are_told_with_the_reason_and_what_tells_them_apart(run: Commands) -> None:
    answer = run.told("duplicates", "employers")
    (found,) = answer["pairs"]
    assert (answer["duplicates"], found["code"], found["reason"]) == ("employers", "near-name", "名称相近，区划不矛盾")
    assert (found["left"]["name"], found["left"]["region"]) == ("重庆霁蓝虚构印务有限公司", "沙坪坝区小龙坎街道")
    code, out, err = run("duplicates", "employers")
    assert (code, err, found["right"]["uid"] in out, out.splitlines()[-1]) == (0, "", True, "可能重复的共 1 对")


def test_numbers_of_people_stay_masked(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "花名册.xlsx", {"名单": [HEAD, ONE, OTHER]}))
    assert run.told("duplicates", "workers")["pairs"] == []
    run.told("merge", *pair(run))
    (found,) = run.told("duplicates", "workers")["pairs"]
    assert (found["code"], found["left"]["employer"]) == ("name-birth-employer", "重庆霁蓝虚构印务有限公司")
    for command in (("duplicates", "workers"), ("merge", found["left"]["uid"], found["right"]["uid"], "--plan")):
        for form in ((), ("--json",)):
            code, out, _err = run(*command, *form)
            assert (code, WANG[:6] + "****" in out, "199****0001" in out) == (0, True, True)
            assert (WANG in out, WANG[6:14] in out, "19900000001" in out) == (False, False, False)


def test_a_preview_writes_nothing_and_a_merge_can_be_undone(run: Commands) -> None:
    keep, drop = pair(run)
    seen = run.told("merge", keep, drop, "--field", "name=drop", "--plan")
    name = next(each for each in seen["fields"] if each["field"] == "name")
    assert name == {
        "field": "name", "side": "drop", "keep": "重庆霁蓝虚构印务有限公司", "drop": "霁蓝虚构印务", "value": "霁蓝虚构印务",
    }  # fmt: skip
    assert (seen["batch"], len(run.told("list", "employers")["employers"])) == (None, 2)
    done = run.told("merge", keep, drop)
    assert [row["uid"] for row in run.told("list", "employers")["employers"]] == [keep]
    assert run.told("duplicates", "employers")["pairs"] == []
    assert run.told("undo", done["batch"])["kept"] == []
    assert pair(run) == (keep, drop)


def test_a_person_reads_both_values_and_what_moves(run: Commands, tmp_path: Path) -> None:
    keep, drop = pair(run)
    rows = [HEAD, ["李芷汐", None, "19900000003", None, "霁蓝虚构印务", None]]
    run.told("import", workbook(tmp_path / "花名册.xlsx", {"名单": rows}))
    code, out, err = run("merge", keep, drop)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[2].split() == ["*", "单位名称", "重庆霁蓝虚构印务有限公司", "霁蓝虚构印务", "重庆霁蓝虚构印务有限公司"]
    assert lines[-2:] == ["改挂到保留的记录：职工 1", "已合并，批次 3。拆开：undo 3"]
    assert "合并" in run("batches")[1].splitlines()[-1]


def test_a_pair_marked_as_distinct_is_not_proposed_again(run: Commands) -> None:
    keep, drop = pair(run)
    assert run.told("distinct", drop, keep) == {"distinct": sorted([keep, drop]), "batch": 2}
    assert run.told("duplicates", "employers")["pairs"] == []
    assert run("distinct", keep, drop)[1] == "这两条记录早已标为不同，没有改动。\n"


def test_what_cannot_be_merged_is_one_sentence(run: Commands) -> None:
    keep, drop = pair(run)
    assert run.refused("merge", keep, keep) == "要合并的是同一条记录，请选两条不同的记录。\n"
    assert "“phone”" in run.refused("merge", keep, drop, "--field", "phone=both")
    assert "“chair”" in run.refused("merge", keep, drop, "--field", "chair=drop", "--plan")
    assert "同类的记录" in run.refused("distinct", keep, "nobody")
