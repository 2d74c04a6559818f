"""``exchange`` at the command line: what it answers, and the sentence for each package that cannot be taken."""

import json
from pathlib import Path

import pytest

from models.register.register import Register
from tests.aids import engines
from tests.aids.speaking import PASSPHRASE
from tests.aids.terminal import ROSTER, Commands, stocked
from tests.exchange.foreign import SECRET


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Two members."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"a": {"名单": ROSTER}})


@pytest.fixture
def other(run: Commands, tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another laptop's register, empty; packages have a passphrase."""
    monkeypatch.setenv("JIANHUI_EXCHANGE_PASSPHRASE", SECRET)
    folder = tmp_path / "other"
    engines.copied(empty_register, folder)
    return folder


def test_a_package_goes_from_one_laptop_to_another(run: Commands, other: Path, tmp_path: Path) -> None:
    file = tmp_path / "stick" / "甲.jhx"
    given = run.told("exchange", "give", file)
    assert (given["file"], given["batches"] > 0, given["bytes"]) == (str(file), True, file.stat().st_size)
    plan = run.told("exchange", "take", file, "--plan", "--data", other)
    assert (plan["batch"], plan["kinds"]["worker"], run.told("list", "workers", "--data", other)["workers"]) == (None, 2, [])
    taken = run.told("exchange", "take", file, "--data", other)
    assert {key: taken[key] for key in ("new", "changed", "conflicts", "refused")} == {
        key: plan[key] for key in ("new", "changed", "conflicts", "refused")
    }
    assert run.told("list", "workers")["workers"] == run.told("list", "workers", "--data", other)["workers"]
    again = run.told("exchange", "take", file, "--data", other)
    assert (again["batch"], again["new"], again["changed"], again["same"] > 0) == (None, 0, 0, True)
    status = run.told("exchange", "status", "--data", other)
    assert [each["way"] for each in status["packages"]] == ["take", "take"]
    assert [each["unseen"] for each in status["peers"]] != []
    assert run.told("check", "--data", other)["sound"]
    run.told("undo", taken["batch"], "--data", other)
    assert run.told("list", "workers", "--data", other)["workers"] == []


def test_both_values_are_kept_listed_and_decided(run: Commands, other: Path, tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{number}.jhx" for number in range(3))
    run("exchange", "give", first)
    run("exchange", "take", first, "--data", other)
    worker = run.told("list", "workers")["workers"][0]["uid"]
    reason = ("--reason", "本人申请")
    run.told("person", worker, "--correct", "phone=19900000008", *reason)
    run.told("person", worker, "--correct", "phone=19911110009", *reason, "--data", other)
    run("exchange", "give", second, "--data", other)
    taken = run.told("exchange", "take", second)
    ((kind, field, mine, theirs),) = [(each["kind"], each["field"], each["mine"], each["theirs"]) for each in taken["conflicts"]]
    assert (kind, field, mine, theirs) == ("worker", "phone", "199****0008", "199****0009")
    (open_one,) = run.told("exchange", "conflicts", "--full")["conflicts"]
    assert (open_one["uid"], open_one["mine"], open_one["theirs"]) == (worker, "19900000008", "19911110009")
    decided = run.told("exchange", "decide", worker, "phone", "theirs")
    assert (decided["left"], run.told("exchange", "conflicts")["conflicts"]) == (0, [])
    run("exchange", "give", third)
    taken = run.told("exchange", "take", third, "--data", other)
    assert (taken["conflicts"], taken["same"] > 0) == ([], True)
    (full, _other) = run.told("list", "workers", "--full", "--data", other)["workers"]
    assert full["phone"] == "19911110009"


def test_what_cannot_be_taken_is_told(run: Commands, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, work = tmp_path / "whole.jhx", tmp_path / "work.jhx"
    run("exchange", "give", whole)
    content = whole.read_bytes()
    flipped = bytearray(content)
    flipped[len(flipped) // 2] ^= 1
    header = content.index(b"\n", content.index(b"\n") + 1) + 1
    cases = {
        "不是建会通的交换包": b"PK\x03\x04" + bytes(200),
        "不完整": content[:-1],
        "不完整（没有写完": content[: header + 3],
        "已损坏": bytes(flipped),
        "更新版本": content.replace(b"jianhui-exchange-1", b"jianhui-exchange-2", 1),
        "不完整（": b"",
    }
    before = run.told("batches", "--data", other)
    for sentence, broken in cases.items():
        work.write_bytes(broken)
        assert sentence in run.refused("exchange", "take", work, "--data", other)
    monkeypatch.setenv("JIANHUI_EXCHANGE_PASSPHRASE", "另外一个口令-2027")
    assert "交换口令不对" in run.refused("exchange", "take", whole, "--data", other)
    monkeypatch.delenv("JIANHUI_EXCHANGE_PASSPHRASE")
    assert "JIANHUI_EXCHANGE_PASSPHRASE" in run.refused("exchange", "take", whole, "--data", other)
    assert run.told("batches", "--data", other) == before
    assert run.told("exchange", "status", "--data", other)["packages"] == []


def test_a_gap_is_refused_with_what_is_missing(run: Commands, other: Path, tmp_path: Path, empty_register: Register) -> None:
    first, back, second = (tmp_path / f"{name}.jhx" for name in ("first", "back", "second"))
    run("exchange", "give", first)
    run("exchange", "take", first, "--data", other)
    run("exchange", "give", back, "--data", other)
    run("exchange", "take", back)
    run("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-05-06")
    given = run.told("exchange", "give", second)
    assert given["batches"] <= 3
    third = tmp_path / "third"
    engines.copied(empty_register, third)
    told = run.refused("exchange", "take", second, "--data", third)
    assert "缺了" in told
    assert "--all" in told
    taken = run.told("exchange", "take", second, "--data", other)
    assert taken["new"] >= 1
    own = run.told("exchange", "take", second)
    assert (own["batch"], own["own"], own["new"]) == (None, True, 0)


def test_the_offices_key_seals_and_only_the_office_opens(run: Commands, other: Path, tmp_path: Path) -> None:
    key, file = tmp_path / "office.jhkey", tmp_path / "a.jhx"
    mark = run.told("exchange", "key", key, "--data", other)["fingerprint"]
    assert json.loads(key.read_text("utf-8"))["fingerprint"] == mark
    assert run.told("exchange", "key", key, "--data", other)["fingerprint"] == mark
    run.told("exchange", "give", file, "--office", key)
    assert "另一个办公室" in run.refused("exchange", "take", file)
    assert run.told("exchange", "take", file, "--data", other)["kinds"]["worker"] == 2
    key.write_text(key.read_text("utf-8").replace(mark, "0" * 16), "utf-8")
    assert "不是办公室的公钥文件" in run.refused("exchange", "give", file, "--office", key)


def test_what_is_said_to_a_person(run: Commands, other: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jhx"
    assert "已交出并核对" in run("exchange", "give", file)[1]
    assert "这是预览" in run("exchange", "take", file, "--plan", "--data", other)[1]
    assert "已收下，批次" in run("exchange", "take", file, "--data", other)[1]
    assert "没有本机没有的内容" in run("exchange", "take", file, "--data", other)[1]
    assert "收下" in run("exchange", "status", "--data", other)[1]
    assert "要人来决定的：0" in run("exchange", "conflicts", "--data", other)[1]
    assert "请写成" in run.refused("exchange", "give")
    assert PASSPHRASE not in run("trail", "--data", other)[1]


def test_a_rescued_register_still_knows_who_gave_what(run: Commands, other: Path, tmp_path: Path) -> None:
    key = tmp_path / "office.jhkey"
    mark = run.told("exchange", "key", key)["fingerprint"]
    run.told("exchange", "give", tmp_path / "a.jhx")
    run("rescue", tmp_path / "rescued")
    status = run.told("exchange", "status", "--data", tmp_path / "rescued")
    assert [each["file"] for each in status["packages"]] == ["a.jhx"]
    assert run.told("exchange", "key", key, "--data", tmp_path / "rescued")["fingerprint"] == mark
