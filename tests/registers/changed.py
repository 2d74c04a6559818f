"""What today's program tells otherwise of the registers of earlier programs, and why; see ``tests/registers/test_registers.py``.

What carries no date is new in no year, and adds nothing to a pace: the new ones, their shares and forecasts are fewer.
Leading bodies are no basic unions, joint unions have what their employers have, R18 of a union without a roster is unknown,
and plans and forecasts know no tenths of people. The contact of the case, a visit, counts as work of the kind 走访 (ce7dc13d).
"""

_SINCE_1 = frozenset(
    {
        "/unions/18/4: 9 → 98",
        "/unions/19/4: 16 → 101",
    }
)
_SINCE_3 = frozenset(
    {
        "/figures/indicators/ledger:ce7dc13d-f22a-58b2-a8c7-fc0aa7f5dd12:quantity/part: 10 → 11",
        "/figures/indicators/ledger:ce7dc13d-f22a-58b2-a8c7-fc0aa7f5dd12:quantity/value: 10 → 11",
        "/figures/indicators/ledger:ce7dc13d-f22a-58b2-a8c7-fc0aa7f5dd12:quantity/whole: 10 → 11",
        "/figures/indicators/new_members/marked: 2 → 0",
        "/figures/indicators/new_members/part: 26 → 24",
        "/figures/indicators/new_members/value: 26 → 24",
        "/figures/indicators/new_members/whole: 26 → 24",
        "/figures/indicators/new_members:代驾司机/unknown: 5 → 3",
        "/figures/indicators/new_members:保安员/unknown: 5 → 3",
        "/figures/indicators/new_members:其他新就业形态/unknown: 5 → 3",
        "/figures/indicators/new_members:商场信息员/unknown: 5 → 3",
        "/figures/indicators/new_members:外卖配送员/unknown: 5 → 3",
        "/figures/indicators/new_members:家政服务员/unknown: 5 → 3",
        "/figures/indicators/new_members:快递员/unknown: 5 → 3",
        "/figures/indicators/new_members:房产中介员/unknown: 5 → 3",
        "/figures/indicators/new_members:护工护理员/unknown: 5 → 3",
        "/figures/indicators/new_members:环卫工人/unknown: 5 → 3",
        "/figures/indicators/new_members:网约车司机/unknown: 5 → 3",
        "/figures/indicators/new_members:网络主播/unknown: 5 → 3",
        "/figures/indicators/new_members:货车司机/unknown: 5 → 3",
        "/figures/indicators/new_members_of_new_form_unions/whole: 26 → 24",
        "/figures/indicators/new_migrant_members/unknown: 25 → 24",
        "/figures/indicators/new_migrant_members/whole: 1 → 0",
        "/figures/indicators/new_new_form_members/unknown: 5 → 3",
        "/figures/indicators/new_unions/marked: 1 → 0",
        "/figures/indicators/new_unions/part: 1 → 0",
        "/figures/indicators/new_unions/value: 1 → 0",
        "/figures/indicators/new_unions/whole: 1 → 0",
        "/figures/new_members: 26 → 24",
        "/figures/new_unions: 1 → 0",
        "/rules/rules/R18/count: 13 → 3",
        "/targets/targets/0/actual/marked: 2 → 0",
        "/targets/targets/0/actual/part: 26 → 24",
        "/targets/targets/0/actual/value: 26 → 24",
        "/targets/targets/0/actual/whole: 26 → 24",
        "/targets/targets/0/forecast: 29.1 → 26",
        "/targets/targets/0/gap: 34 → 36",
        "/targets/targets/0/lag: 27.5 → 29",
        "/targets/targets/0/plan: 53.5 → 53",
        "/targets/targets/0/share: 43.3 → 40",
        "/unions/18/4: 9 → 98",
        "/unions/19/4: 16 → 101",
    }
)
#: By the schema of the program that made the register: ``place: was → now``.
CHANGED: dict[int, frozenset[str]] = {
    1: _SINCE_1,
    2: _SINCE_1,
    3: _SINCE_3,
    4: _SINCE_3,
    5: _SINCE_3,
}
