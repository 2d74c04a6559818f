"""What the law asks of whoever keeps very many people's data: a person in charge, whose name is filed (个人信息保护法 52)."""

from models.language import _
from models.records.worker import Worker

#: From so many people on a person in charge is named and filed within 30 working days (notice of 2025-07-18); told before.
LARGE, NEARLY = 1_000_000, 900_000


def people_held() -> int:
    """How many people the register holds, those not counted whose data was erased."""
    return int(Worker.select().where(Worker.name.is_null(False)).count())


def duty_of(people: int) -> str:
    """What so many people's data asks for, as a sentence; "" for fewer than :data:`NEARLY`."""
    if people < NEARLY:
        return ""
    said = _(
        "登记册里有 {people:,} 人。处理个人信息达到 {large:,} 人的，要指定个人信息保护负责人，"
        "并在 30 个工作日内报送其姓名和联系方式（个人信息保护法第五十二条）。"
    )
    return said.format(people=people, large=LARGE)
