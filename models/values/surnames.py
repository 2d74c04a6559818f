"""Surnames that are read otherwise than the same character elsewhere, with their tones: 单 Shàn, 查 Zhā, 尉迟 Yùchí.

Readings as 现代汉语词典 has them for surnames. 单于 is left out: whoever is called so today is a 单 with a name of two characters.
"""

#: Surnames of one character.
SURNAMES = {
    "曾": "zeng1", "单": "shan4", "解": "xie4", "仇": "qiu2", "区": "ou1", "查": "zha1", "任": "ren2", "华": "hua4", "盖": "ge3",
    "朴": "piao2", "覃": "qin2", "冼": "xian3", "员": "yun4", "秘": "bi4", "缪": "miao4", "宓": "mi4", "翟": "zhai2", "乐": "yue4",
    "黑": "he4", "折": "she2", "应": "ying1", "召": "shao4", "逄": "pang2", "洗": "xian3", "燕": "yan1", "柏": "bai3", "繁": "po2",
    "幺": "yao1", "么": "yao1", "隗": "wei3", "谌": "chen2", "纪": "ji3", "谷": "gu3", "车": "che1", "贾": "jia3", "宿": "su4",
    "葛": "ge3", "石": "shi2", "沈": "shen3", "盛": "sheng4", "宁": "ning4", "过": "guo1", "哈": "ha3", "那": "na1", "种": "chong2",
    "祭": "zhai4", "句": "gou1", "郗": "xi1", "郇": "xun2", "牟": "mou2", "莘": "shen1", "晟": "cheng2", "於": "yu1", "都": "du1",
    "便": "pian2", "相": "xiang4", "曲": "qu1", "强": "qiang2", "占": "zhan1", "撒": "sa3", "教": "jiao4", "行": "xing2",
    "重": "chong2", "炔": "gui4", "臧": "zang1", "乜": "nie4", "訾": "zi1", "瞿": "qu2", "阚": "kan4", "逯": "lu4", "佘": "she2",
    "冯": "feng2", "卜": "bu3", "万": "wan4", "尹": "yin3", "尉": "wei4", "能": "nai4", "朝": "chao2", "长": "chang2", "鲜": "xian1",
    "宛": "wan3", "令": "ling2", "殷": "yin1", "亓": "qi2", "岑": "cen2", "褚": "chu3",
}  # fmt: skip
#: Surnames of two characters of which one is read otherwise than by itself.
COMPOUND = {
    "尉迟": ("yu4", "chi2"), "万俟": ("mo4", "qi2"), "长孙": ("zhang3", "sun1"), "澹台": ("tan2", "tai2"), "令狐": ("ling2", "hu2"),
    "谷梁": ("gu3", "liang2"), "宰父": ("zai3", "fu3"), "皇甫": ("huang2", "fu3"), "拓跋": ("tuo4", "ba2"), "亓官": ("qi2", "guan1"),
}  # fmt: skip
#: Other surnames of two characters: read as they are, and counted as one surname.
PLAIN_COMPOUND = frozenset((
    "欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "东方", "公孙", "慕容", "宇文", "钟离", "呼延", "端木", "轩辕", "南宫", "西门", "东郭",
    "百里", "闻人", "赫连", "独孤", "申屠", "太史", "淳于", "濮阳", "公冶", "闾丘", "太叔", "仲孙", "鲜于", "司空", "司寇", "子车", "颛孙", "巫马",
    "公西", "漆雕", "乐正", "壤驷", "公良", "夹谷", "段干", "第五", "梁丘", "左丘", "东门", "羊舌", "微生", "南门", "纳兰", "完颜",
))  # fmt: skip
