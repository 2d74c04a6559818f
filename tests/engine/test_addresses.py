"""The address of an office's register: how it is written, what is refused of it, how the server is known."""

import pytest

from models.engine.addresses import Address, is_address, read_address
from models.errors import UserError


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("postgresql://li@db.example:5433/jianhui", Address("li", "db.example", 5433, "jianhui", {"sslmode": "verify-full"})),
        ("postgres://li@localhost/a", Address("li", "localhost", 5432, "a", {"sslmode": "prefer"})),
        ("postgresql://li@127.0.0.1/a", Address("li", "127.0.0.1", 5432, "a", {"sslmode": "prefer"})),
        ("postgresql://li@10.0.0.1/a", Address("li", "10.0.0.1", 5432, "a", {"sslmode": "verify-full"})),
        ("postgresql://li@[::1]:1/a", Address("li", "::1", 1, "a", {"sslmode": "prefer"})),
        ("postgresql://li@/a?host=/run/s", Address("li", "/run/s", 5432, "a", {"sslmode": "prefer"})),
        ("postgresql://%E6%9D%8E@h/%E5%8C%BA?sslmode=require", Address("李", "h", 5432, "区", {"sslmode": "require"})),
        (
            "postgresql://li@h/a?sslrootcert=/c.crt",
            Address("li", "h", 5432, "a", {"sslmode": "verify-full", "sslrootcert": "/c.crt"}),
        ),
    ],
)
def test_an_address_says_who_where_and_which_database(text: str, read: Address) -> None:
    assert read_address(text) == read
    assert read_address(str(read)) == read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("postgresql://li:secret@h/a", "地址里不能写口令"),
        ("postgresql://h/a", "没有写用户名"),
        ("postgresql://li@h", "没有写数据库的名字"),
        ("postgresql://li@h:x/a", "端口或主机写得不对"),
        ("postgresql://li@h/a?password=secret", "不认识 password"),
        ("postgresql://li@h/a?sslmode=no", "sslmode 只能是"),
    ],
)
def test_what_is_no_address_is_told_without_its_password(text: str, told: str) -> None:
    with pytest.raises(UserError) as refused:
        read_address(text)
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "is_one"), [("postgresql://a@b/c", True), ("/srv/a", False), ("C:\\a", False), ("a://b", False)]
)
def test_a_folder_is_no_address(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one
