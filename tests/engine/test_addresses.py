"""The address of an office's register: how it is written, what is refused of it, how the server is known."""

import pytest

from models.engine.addresses import Address, Host, composed, hosts_told, is_address, read_address
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


TWO = Address("li", "db1", 5432, "a", {"sslmode": "verify-full"}, others=(Host("db2", 5433),))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("postgresql://li@db1,db2:5433/a", TWO),
        ("postgresql://li@db1:5432,db2:5433/a?target_session_attrs=read-write", TWO),
        (
            "postgresql://li@127.0.0.1,[::1]:1/a",
            Address("li", "127.0.0.1", 5432, "a", {"sslmode": "prefer"}, others=(Host("::1", 1),)),
        ),
        (
            "postgresql://li@localhost,10.0.0.1/a",  # one of them is elsewhere
            Address("li", "localhost", 5432, "a", {"sslmode": "verify-full"}, others=(Host("10.0.0.1", 5432),)),
        ),
        ("postgresql://li@db1,db1:5432/a", Address("li", "db1", 5432, "a", {"sslmode": "verify-full"})),
    ],
)  # fmt: skip
def test_an_address_may_name_several_servers(text: str, read: Address) -> None:
    assert read_address(text) == read
    assert read_address(str(read)) == read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("postgresql://li@a,,b/a", "端口或主机写得不对"),
        ("postgresql://li@a:1,b:x/a", "端口或主机写得不对"),
        ("postgresql://li@a,b/a?host=/run/s", "端口或主机写得不对"),
        ("postgresql://li:secret@a,b/a", "地址里不能写口令"),
        ("postgresql://li@a,b/a?target_session_attrs=any", "target_session_attrs 只能是 read-write"),
    ],
)
def test_what_is_no_address_of_several_servers_is_told(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_address(text)


@pytest.mark.parametrize(
    ("host", "port", "read"),
    [
        ("db1, db2", "5432，5433", TWO),
        ("db1、db2", "6000", Address("li", "db1", 6000, "a", {"sslmode": "verify-full"}, others=(Host("db2", 6000),))),
        ("::1,db2", "", Address("li", "::1", 5432, "a", {"sslmode": "verify-full"}, others=(Host("db2", 5432),))),
        ("/run/s", "5433", Address("li", "/run/s", 5433, "a", {"sslmode": "prefer"})),
        ("", "", Address("li", "localhost", 5432, "a", {"sslmode": "prefer"})),
    ],
)
def test_fields_say_several_servers_too_and_show_them(host: str, port: str, read: Address) -> None:
    assert composed("li", host, port, "a", {}) == read
    assert composed("li", *hosts_told(read), "a", {}) == read


def test_as_many_ports_as_servers_or_one() -> None:
    with pytest.raises(UserError, match="和服务器一样多"):
        composed("li", "a,b,c", "1,2", "a", {})
