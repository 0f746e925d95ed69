"""Finds the person's name."""

import re

from resumes.domain.parser import hints
from resumes.domain.parser.lines import Text
from resumes.domain.parser.sections import heading
from resumes.domain.parser.words import pattern

LATIN = re.compile(
    r"^[A-ZÀ-ÞА-ЯЁ][\w'’.-]*(?:\s+(?:(?:de|del|la|van|von|der|den|da|do|dos|di|bin|ibn|al|el|ter|le)\s+){0,2}[A-ZÀ-ÞА-ЯЁ][\w'’.-]*){1,3}$"
)
HAN = re.compile("^[\u4e00-\u9fff]{2,4}$")
HANGUL = re.compile("^[\uac00-\ud7a3]{2,4}$")
KOREAN_SURNAMES = set(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길"
)
CHINESE_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧温康施文牛樊葛邢安齐易乔伍庞颜倪庄"
    "聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶"
)  # the most frequent ones
COMPOUND_SURNAMES = (
    *("남궁", "황보", "제갈", "사공", "선우", "독고", "서문", "동방"),
    *(
        "欧阳",
        "司徒",
        "司马",
        "上官",
        "诸葛",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "端木",
        "东方",
        "宇文",
        "长孙",
        "轩辕",
    ),
)
APART = re.compile(r"\s+[—–|·•/-]\s+|\t+|\s{3,}|\s*[|｜]\s*|\s+—|—\s+")
TITLES = re.compile(r",\s*(?:[A-Z][A-Za-z.]{1,5})(?:\s*,\s*[A-Z][A-Za-z.]{1,5})*$|\s*[（(].*[)）]$")


def find(lines: list[Text], near: list[Text], email: str = "") -> str:
    """The name as the resume writes it (capitals become ordinary); empty if nothing looks like one."""
    for line in [*near, *lines[:30]]:
        field, value = hints.labelled_as(line.text, "name")
        if field and value:
            return tidy(re.split(r"\t|\s{2,}", value)[0])
    candidates = [
        (_score(name, line, index, email), -index, name)
        for index, line in enumerate(_ordered(lines, near))
        for name in [_candidate(line)]
        if name
    ]
    return max(candidates)[2] if candidates else ""


def _ordered(lines: list[Text], near: list[Text]) -> list[Text]:
    """The top lines, then big ones wherever they stand on the first page: a side column may be read before the name."""
    big = [line for line in lines if line.page == 1 and line.big]
    return [*near[:15], *(line for line in big if line not in near[:15])]


def _candidate(line: Text) -> str:
    if heading(line) or line.bullet:
        return ""
    pieces = [piece.strip() for cell in line.cells[:2] for piece in APART.split(cell)]
    name, comma, rest = pieces[0].partition(",") if pieces else ("", "", "")
    if comma and hints.is_title(rest):
        pieces.insert(0, name)  # `Ann Lee, welder`
    return next((name for piece in pieces[:3] if (name := _name(piece))), "")


def _name(text: str) -> str:
    plain = TITLES.sub("", text).strip(" ,.|")
    joined = plain.replace(" ", "")
    surname = joined[:1] in CHINESE_SURNAMES | KOREAN_SURNAMES or joined.startswith(COMPOUND_SURNAMES)
    if HAN.match(joined) and surname and len(plain) <= 7 and not is_other(joined):
        return joined
    if HANGUL.match(joined) and surname and not is_other(joined):
        return joined
    if LATIN.match(plain) and len(plain) <= 60 and not re.search(r"\d", plain) and not is_other(plain):
        return tidy(plain)
    return ""


def is_other(text: str) -> bool:
    """A job, a place, a firm, a school, or the word "resume"."""
    others = (hints.is_title(text), hints.is_place(text), hints.is_institution(text), hints.is_company(text))
    return any(others) or bool(pattern("hints", "stop_name").search(text))


def _score(name: str, line: Text, index: int, email: str) -> float:
    """Large, early and alike to the e-mail address."""
    words = [word for word in re.split(r"\W+", name.casefold()) if len(word) > 2]
    alike = sum(word in email.casefold().partition("@")[0] for word in words)
    return line.size / 4 + 2.0 * alike + max(0.0, 6 - index) + line.bold + line.heading


def tidy(name: str) -> str:
    """`JOHN DOE` is `John Doe`; two halves of a Chinese name stand together."""
    plain = " ".join(name.split()).strip(" ,.")[:300]
    if plain.isupper() and not HAN.match(plain):
        return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), plain)
    return plain
