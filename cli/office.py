"""``office``: what the administrator of an office's register does with it on its server."""

import argparse

from cli.folder import folder_of
from cli.opening import password
from cli.output import answer
from models.errors import UserError
from models.language import _
from models.opening.office import prepare
from models.register import office


def run_office(arguments: argparse.Namespace) -> int:
    """``init`` makes the schema in an empty database, or brings an older one up to date; ``users`` says who may what."""
    folder = folder_of(arguments)
    address = office.address_in(folder)
    if address is None:
        raise UserError(_("office 要写办公室登记册的地址：--data postgresql://用户名@主机:端口/数据库。"))
    if arguments.act == "users":
        from cli.office_users import (
            run_office_users,  # with all that opens a register: who prepares one needs none of it
        )

        return run_office_users(arguments)
    made = prepare(folder, password(arguments))
    told = {"address": str(address), "schema": made.after, "before": made.before}
    if made.before == made.after:
        said = _("办公室的登记册已经在那里，是最新的：{address}")
    elif made.before:
        said = _("办公室的登记册已升级到第 {schema} 版：{address}")
    else:
        said = _("已建立办公室的登记册：{address}")
    answer(arguments.json, told, said.format(address=address, schema=made.after))
    return 0
