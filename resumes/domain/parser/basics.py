"""Who the person is and how to reach them."""

import re

import phonenumbers

from resumes.domain import schema
from resumes.domain.parser import dates, hints, names, places, texts
from resumes.domain.parser.lines import Text
from resumes.domain.parser.sections import TOP, Sections

EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
URL = re.compile(
    r"(?:https?://|www\.)[^\s,|<>()（），；]{3,300}"
    r"|(?<![\w@.])(?:[\w-]{1,60}\.){1,3}(?:com|org|net|io|dev|me|ru|cn|kr|co|app|ai|tech|info|site|page|blog)"
    r"(?:/[^\s,|<>()（），；]{0,300})?(?![\w@])"
)
NETWORKS = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "gitee.com": "Gitee",
    "stackoverflow.com": "Stack Overflow",
    "kaggle.com": "Kaggle",
    "t.me": "Telegram",
    "x.com": "X",
    "twitter.com": "Twitter",
    "habr.com": "Habr",
    "medium.com": "Medium",
    "behance.net": "Behance",
    "vk.com": "VK",
    "zhihu.com": "Zhihu",
    "velog.io": "velog",
}
REGIONS = {"en": "US", "zh-hans": "CN", "ru": "RU", "ko": "KR"}
CONTACT_LINES = 40
LONGEST_CONTACT = 300
PIECES = re.compile(r"\s*[|•·\t]\s*|\s{2,}|\s+[/—–,]\s+")


def read(lines: list[Text], parts: Sections, language: str) -> schema.Basics:
    near = [*parts.of(TOP), *parts.of("contact"), *parts.of("links")] or lines[:15]
    words = "\n".join(line.text for line in lines[:400])
    links = find_links(words)
    email = EMAIL.search(words)
    name = names.find(lines, near, email.group() if email else "")
    return schema.Basics(
        name=name,
        label=find_label(near, name),
        email=email.group()[:300] if email else "",
        phone=find_phone(near, language) or find_phone(lines[:400], language),
        url=next((link.url for link in links if not link.network), ""),
        summary="\n".join(texts.paragraphs(parts.of("summary")))[:10_000],
        location=find_location(near),
        profiles=[link for link in links if link.network][:50],
    )


def find_phone(lines: list[Text], language: str) -> str:
    """The first telephone number, in international form where its country is known; a labelled one first."""
    labelled = [value for line in lines for field, value in [hints.labelled_as(line.text, "phone")] if field]
    for text in [*labelled[:CONTACT_LINES], *(line.text for line in lines[:CONTACT_LINES])]:
        plain = dates.RANGE.sub(" ", URL.sub(" ", EMAIL.sub(" ", text[:LONGEST_CONTACT])))
        for leniency in (phonenumbers.Leniency.VALID, phonenumbers.Leniency.POSSIBLE):
            for match in phonenumbers.PhoneNumberMatcher(plain, REGIONS[language], leniency=leniency):
                if sum(map(str.isdigit, match.raw_string)) >= 9:
                    return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return ""


def find_links(words: str) -> list[schema.Link]:
    """Addresses on the web, each once. A known network gives its name and the person's there."""
    found: dict[str, schema.Link] = {}
    for match in URL.finditer(EMAIL.sub(" ", words)):
        written = match.group().rstrip(".,;:/")
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", written, flags=re.IGNORECASE)
        domain, _, path = bare.partition("/")
        network = next((name for known, name in NETWORKS.items() if domain.casefold().endswith(known)), "")
        if path or not _is_technology(domain):
            user = path.removeprefix("in/").strip("/").split("/")[0] if network else ""
            url = written if "://" in written else f"https://{written}"
            found.setdefault(bare.casefold(), schema.Link(network=network, username=user[:300], url=url[:300]))
    return list(found.values())


def _is_technology(domain: str) -> bool:
    """`ASP.NET`, `Socket.io` and `Booking.com` in a sentence look like addresses."""
    return domain.casefold().endswith((".net", ".io", ".ai")) or domain != domain.casefold()


def find_label(near: list[Text], name: str) -> str:
    """What the person calls their profession: said by a label, or beside or below their name."""
    for line in near:
        field, value = hints.labelled_as(line.text, "label")
        if field and value:
            return value[:300]
    at = next((index for index, line in enumerate(near) if name and name.casefold() in line.text.casefold()), -1)
    if at >= 0 and (beside := _beside_name(near, at, name)):
        return beside[:300]
    below = near[at + 1 : at + 2] if at >= 0 else []
    if below and _is_label(below[0].text) and (below[0].bold or below[0].big):
        return below[0].text[:300]
    pieces = (piece for line in near for piece in ([line.text, *line.cells] if "\t" not in line.text else line.cells))
    return next((piece[:300] for piece in pieces if hints.is_title(piece) and _is_label(piece)), "")


def _beside_name(near: list[Text], at: int, name: str) -> str:
    """`Data Scientist` of `Ann Lee — Data Scientist`, which may go on in the next line."""
    line = near[at]
    begin = line.text.casefold().index(name.casefold())
    rest = " ".join((line.text[:begin] + line.text[begin + len(name) :]).split()).strip(" |-–—,/·•()")
    for below in near[at + 1 : at + 3]:
        if not rest or not line.big or below.size != line.size or below.gap:
            break
        rest = texts.join(rest, below.text)
    return rest if _is_label(rest) else ""


def _is_label(text: str) -> bool:
    contact = EMAIL.search(text) or URL.search(text) or hints.labelled(text)[0] or dates.find(text)
    told = not hints.is_sentence(text) and not hints.is_place(text) and re.search(r"[^\W\d]{2}", text)
    return bool(told) and not contact and len(text) <= 80 and sum(map(str.isdigit, text)) < 5


def find_location(near: list[Text]) -> schema.Location:
    """A labelled address, or the first piece of the contact lines that is a place."""
    for line in near:
        field, value = hints.labelled_as(line.text, "location")
        if field and value:
            return _location(value)
    pieces = [piece.strip(" ,") for line in near[:20] for piece in PIECES.split(line.text)]
    plain = [piece for piece in pieces if piece and not _is_contact(piece)]
    address = next(filter(hints.is_place, plain), "") or next(filter(_is_address, plain), "") or _unknown_city(near)
    return _location(address) if address else schema.Location()


def _is_contact(text: str) -> bool:
    return bool(EMAIL.search(text) or URL.search(text) or hints.is_company(text) or hints.is_title(text))


def _is_address(text: str) -> bool:
    """A short text with a known place in it, and a comma, a number or the word for a town beside."""
    short = len(text) < 80 and not dates.find(text) and not hints.is_sentence(text)
    told = re.search(r"[\d,]|^г\.|[省市区县시군구]|^\S+[도시]\s+\S+[시군구]", text)
    region = text[:2] and places.is_region(text[:2]) and len(text) <= 12
    return short and bool(told or region) and bool(hints.place_in(text))


def _unknown_city(near: list[Text]) -> str:
    """A single name among the contacts that is nothing else: a town that no list has."""
    for before, line, after in zip([None, *near], near, [*near[1:], None], strict=False):
        pieces = [piece.strip(" ,") for piece in PIECES.split(line.text)]
        beside = " ".join(other.text for other in (before, line, after) if other)
        if line.big or line.bold or not (EMAIL.search(beside) or re.search(r"\d{3}\D?\d{2}", beside)):
            continue
        for piece in pieces:
            if re.fullmatch(r"(?:г\.\s*)?[A-ZА-ЯЁ][\w’'-]+", piece) and not names.is_other(piece) and len(near) > 1:
                return piece if before else ""
    return ""


def _location(text: str) -> schema.Location:
    """`Leeds, United Kingdom` is a city by its country, even where the city itself is not known."""
    return schema.Location(address=text[:300], city=places.city_of(text)[:300])
