"""Who the person is and how to reach them."""

import re

import phonenumbers

from resumes.domain import schema
from resumes.domain.parser import dates, hints, names, texts
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
    for text in [*labelled, *(line.text for line in lines[:CONTACT_LINES])]:
        plain = dates.RANGE.sub(" ", URL.sub(" ", EMAIL.sub(" ", text)))
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
    """What the person calls their profession: the short line with a job's name beside their own."""
    for line in near:
        field, value = hints.labelled_as(line.text, "label")
        if field and value:
            return value[:300]
    for line in near:
        if EMAIL.search(line.text) or hints.labelled(line.text)[0] or dates.find(line.text):
            continue
        for cell in [line.text, *line.cells] if "\t" not in line.text else line.cells:
            text = cell.replace(name, "").strip(" |-–—,") if name else cell
            if len(text) <= 80 and hints.is_title(text) and not hints.SENTENCE.search(text):
                return text[:300]
    return ""


def find_location(near: list[Text]) -> schema.Location:
    """A labelled address, or the first piece of the contact lines that is a place."""
    for line in near:
        field, value = hints.labelled_as(line.text, "location")
        if field and value:
            return _location(value)
    for line in near[:20]:
        for piece in [line.text, *re.split(r"\t|\s[|•·,]\s|\s{2,}", line.text)]:
            if hints.is_place(piece.strip(" ,")):
                return _location(piece.strip(" ,"))
    pieces = (piece for line in near[:20] for piece in re.split(r"\s*[|•·\t]\s*", line.text))
    if found := next(filter(_is_address, pieces), ""):
        return _location(found)
    address = next((line.text for line in near[:20] if re.match(r"^\S+[도시]\s+\S+[시군구]", line.text)), "")
    return _location(address) if address else schema.Location()


def _is_address(text: str) -> bool:
    """A short piece of a line with a known place in it and a comma or a number beside."""
    plain = len(text) < 80 and not EMAIL.search(text) and not dates.find(text) and not hints.is_title(text)
    return plain and bool(re.search(r"[\d,]", text)) and bool(hints.place_in(text))


def _location(text: str) -> schema.Location:
    """`Leeds, United Kingdom` is a city by its country, even where the city itself is not known."""
    before, comma, after = text.rpartition(",")
    named = before if comma and not hints.place_in(before) and hints.is_place(after.strip()) else hints.place_in(text)
    return schema.Location(address=text[:300], city=named.rpartition(",")[2].strip()[:300])
