"""Whether a text is in a language that nobody here reads: its profile is then mostly guessed."""

import re

LETTERS = re.compile(r"[^\W\d_]")
#: The scripts of English, Russian, Chinese and Korean.
READ = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff\u3400-\u9fff\uac00-\ud7a3]")
KANA = re.compile("[\u3041-\u30ff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
ELSEWHERE = re.compile("[ґєіїўқңөүұһәћђљњџј]", re.IGNORECASE)
#: Words that no text of these languages goes without, and that are none in English.
FUNCTION_WORDS = re.compile(
    r"\b(?:der|die|das|und|für|mit|von|bei|im|zur|zum|les|des|et|pour|dans|avec|une|aux|del|los|las|para|por|una|como"
    r"|em|uma|dos|da|nas|della|di|nel|gli|och|för|att|av|het|een|voor|met|oraz|dla|w|na|się)\b",
    re.IGNORECASE,
)
ENGLISH_WORDS = re.compile(r"\b(?:the|and|of|for|with|to|in|by|from|on)\b", re.IGNORECASE)
LEAST = 12  # of those words: a few are names and loans
MOST_OTHERS = 0.4  # of the letters
MOST_KANA = 0.1
MOST_ELSEWHERE = 0.03


def is_foreign(text: str) -> bool:
    """In another script, Japanese, Ukrainian and its neighbours, or German, French and theirs."""
    letters = len(LETTERS.findall(text))
    if not letters:
        return False
    if letters - len(READ.findall(text)) > letters * MOST_OTHERS or len(KANA.findall(text)) > letters * MOST_KANA:
        return True
    if len(ELSEWHERE.findall(text)) > max(LEAST, len(CYRILLIC.findall(text)) * MOST_ELSEWHERE):
        return True
    others, english = len(FUNCTION_WORDS.findall(text)), len(ENGLISH_WORDS.findall(text))
    return others >= LEAST and others > 2 * english
