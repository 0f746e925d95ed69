"""Which of a candidate's identifiers the interviewer may say. Where one is not quoted, its line says enough."""

import re

LONGEST = 24
MOST_WORDS = 3
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# What an identifier says that speaks to the interviewer. A name may still be a single word of these, such as `score`.
ORDERS = re.compile(
    r"ignor|disregard|forget|obey|instruct|prompt|interview|candidate|hire|reject|score|grade|rating|points|perfect"
    r"|excellent|pass(?:ed)?(?:_|$)|rules|reveal|secret|please|override|jailbreak|system|assistant|model|admin|must|you"
    r"|give_|say_|tell_|giveme|sayt|tellm|award|praise|offer|best_|genius|end_int|stop_",
    re.IGNORECASE,
)
SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh-hans": re.compile(r"[\u4e00-\u9fff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
}


def quotable(name: str) -> str:
    """`name` where it may be said, else nothing. Letters of other scripts are not: nobody could tell what they say."""
    words = WORDS.findall(name)
    plain = IDENTIFIER.fullmatch(name) and len(name) <= LONGEST and 0 < len(words) <= MOST_WORDS
    speaks = len(name) > LONGEST // 2 or len(words) > 1
    snake = "_".join(words)
    return name if plain and not (speaks and (ORDERS.search(name) or ORDERS.search(snake))) else ""


def figure(text: str) -> str:
    """A number, and nothing else."""
    return text if re.fullmatch(r"\d{1,9}(?:[.,]\d{1,4})?", text) else ""


def word(text: str, language: str) -> str:
    """`text`, a word for which there is a list, where it may stand in a question in `language`; else nothing."""
    own = SCRIPTS.get(language)
    spoken = all(letter.isascii() or (own is not None and own.match(letter)) for letter in text)
    return text if spoken and len(text) <= LONGEST and not ORDERS.search(text) else ""
