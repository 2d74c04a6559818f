"""Whose phone it is: under a group, or beside a person, it is that person's."""

import pytest

from importers.columns import mapping
from importers.columns.header import Header
from models.records.forms import FORMS


def fields(kind: str, *texts: str, groups: tuple[str, ...] = ()) -> list[str | None]:
    header = Header((1,), texts, groups or ("",) * len(texts), 2)
    return [match.field for match in mapping.guess(header, FORMS[kind], []).matches]


@pytest.mark.parametrize("person", ["经审委主任", "女职委主任", "工会副主席", "工会会计", "社区书记", "财务负责人"])
def test_the_phone_of_somebody_else_is_not_the_unions(person: str) -> None:
    texts = ("工会名称", "姓名", "联系电话", "姓名", "联系电话")
    assert fields("unions", *texts, groups=("", person, person, "工会主席", "工会主席")) == [
        "name",
        None,
        None,
        "chair",
        "phone",
    ]
    assert fields("unions", "工会名称", "工会主席", "联系电话", person, "联系电话") == [
        "name",
        "chair",
        "phone",
        None,
        None,
    ]
    assert fields("unions", "工会名称", person, "联系电话", "工会主席", "职务", "联系电话") == [
        "name",
        None,
        None,
        "chair",
        None,
        "phone",
    ]


def test_contact_and_legal_representative_keep_their_own() -> None:
    assert fields("employers", "企业名称", "法定代表人", "联系电话", "联系人", "联系电话") == [
        "name", "legal_representative", None, "contact", "phone",
    ]  # fmt: skip
    assert fields("employers", "企业名称", "联系人", "联系电话", "法定代表人", "联系电话") == [
        "name", "contact", "phone", "legal_representative", None,
    ]  # fmt: skip
    assert fields("employers", "企业名称", "法定代表人", "联系电话", "经办人", "联系电话")[1:] == ["legal_representative", None, "contact", "phone"]
    assert fields("employers", "企业名称", "法定代表人", "联系电话") == ["name", "legal_representative", "phone"]


@pytest.mark.parametrize("person", ["单位联系人", "班组长", "站长", "推荐人", "紧急联系人", "单位负责人", "配偶"])
def test_a_phone_beside_somebody_else_is_not_the_workers(person: str) -> None:
    assert fields("workers", "姓名", "身份证号", person, "联系电话") == ["name", "id_number", None, None]
    assert fields("workers", "姓名", "联系电话", person, "联系电话") == ["name", "phone", None, None]


def test_a_phone_that_stands_with_nobody_is_the_records_own() -> None:
    assert fields("workers", "姓名", "性别", "职务", "联系电话")[-1] == "phone"
    assert fields("unions", "工会名称", "工会主席", "会员人数", "联系电话")[-1] == "phone"
    assert fields("unions", "工会名称", "工会联系人", "联系电话")[-1] == "phone"
    assert fields("unions", "工会名称", "工会/企业负责人", "联系电话")[-1] == "phone"
