"""Is a text at the end of a sentence? By its marks where the recogniser writes them, else by its last words.

English, Chinese, Russian and Korean. Words that can hardly end anything ("and", "the", "потому что", "因为", "그리고")
leave a text open even before a full stop, since recognisers put one at the end of whatever they are given; those that
usually want something after them ("with", "into") only where there is none.
"""

import re
import unicodedata
from enum import StrEnum


class Form(StrEnum):
    SENTENCE = "sentence"
    FRAGMENT = "fragment"  # the end of a sentence, but of hardly any words
    HANGING = "hanging"
    UNKNOWN = "unknown"


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


_MARKS = ".!?。！？｡"
_OPEN_MARKS = ",;:、，；：…—–-~"
_QUOTES = "\"'”’»」』)）]"
# A mark after which a sentence could go on: not the point of "3.5".
_MARKED = re.compile(r"[.!?,;](?=\s|$)|[。！？，、；]")
_HAN, _HANGUL = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\uac00-\ud7a3]")
_LONG_WORDS, _LONG_CHARACTERS = 4, 7

# --- words that want something after them -----------------------------------------------------------------------------

_NEVER_LAST = words(
    """
    a an the and or but nor because although though unless until while whereas if whether that's-why i'm he's she's
    it's we're they're you're i've we've they've my your our their its his every um uh umm uhm er erm hmm hm mm gonna
    wanna which who's whose than versus vs
    и а но или либо что чтобы потому поскольку если хотя когда пока чем э ээ эээ эм эмм м мм ммм ну типа
    значит который которая которое которые которого которой которых которому которым
    그리고 그런데 근데 하지만 그래서 그러나 왜냐하면 또는 혹은 즉 음 어 그 저 저기 이 뭐 그러니까 그니까 약간 어떤
    제 저희 및
    """
)
_WANTS_MORE = words(
    """
    of to in on at by for from with without into onto over under about between among through during before after
    against within across toward towards per via upon as like so then also very really quite pretty too more most less
    least rather just only even not no some any each both either neither such another other this these those what how
    when where why who is are was were be been being am has have had do does did will would can could should shall may
    might must cannot can't don't didn't doesn't isn't wasn't i you he she we they there because-of instead mostly
    basically actually usually mainly especially probably maybe perhaps namely including called named
    used use made make built build wrote write got get took take gave give found find needed need wanted want decided
    tried try started start let put kept keep began learned moved migrated replaced
    point hundred thousand million percent-of half twenty thirty forty fifty sixty seventy eighty ninety
    в во на с со к ко у о об от до из за по под над при про для без через между около после перед ради среди кроме из-за
    из-под не ни же бы ли то так как очень более менее самый самая самое это этот эта эти тот та те такой такая такие
    мой моя мои мое наш наша наши свой своя свои его ее их каждый я ты он она мы вы они был была были было будет
    есть можно нужно надо вместо благодаря согласно также тоже именно например вообще просто даже только уже еще
    использовали использовал сделали сделал написали написал решили решил целых двадцать тридцать сорок пятьдесят сто
    좀 더 가장 매우 아주 정말 너무 많이 잘 안 못 각 여러 다른 새로운 이런 그런 저런 예를 들어 특히 주로 우리 나는
    저는 제가 우리는 저희는 저희가 백 천 만 점
    """
)
_CHINESE_NEVER = re.compile(
    r"(?:因为|因為|所以|但是|但|不过|不過|然后|然後|而且|而|并且|並且|或者|或|还是|如果|虽然|雖然|由于|由於|以及|和|跟|与|與|及|就是|也就是|"
    r"比如|比如说|例如|那个|那個|这个|這個|嗯|呃|额|唔|把|被|让|讓|从|從|对于|對於|关于|關於|通过|通過|为了|為了|当|當|的话)$"
)
_CHINESE_MORE = re.compile(
    r"(?:的|地|得|在|是|对|對|到|给|給|向|往|用|有|会|會|要|想|能|可以|应该|應該|需要|我|我们|我們|他|她|它|他们|你|您|一个|一個|一种|些|"
    r"几|每|很|非常|比较|比較|最|更|太|都|也|还|還|就|才|又|再|不|没|沒|没有|使用|采用|負責|负责|进行|進行|叫|做|点|百分之|第)$"
)
# Case endings and connectives: a Korean sentence ends with its verb, and that in a final form.
_KOREAN_FINAL = re.compile(
    r"(?:니다|까요|어요|아요|여요|해요|예요|에요|죠|네요|군요|거든요|니까요|세요|래요|돼요|와요|워요|려요)$"
)
_KOREAN_PLAIN = re.compile(r"(?:다|요|어|아|지|음|함|임|됨)$")
_HALF_NUMBER = re.compile(r"\d$")


def form(text: str, *, punctuated: bool = False) -> Form:
    """Of an answer so far. `punctuated`: the recogniser is known to write marks, even if it wrote none here."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").strip().rstrip(_QUOTES).rstrip()
    if not plain or plain[-1] in _OPEN_MARKS or plain.endswith(".."):
        return Form.HANGING
    words = plain.rstrip(_MARKS).rstrip(_QUOTES + " ")
    marked = len(words) < len(plain) and plain[-1] in _MARKS
    if _never_last(words):
        return Form.HANGING
    if marked:
        return _finished(words)
    if punctuated or _MARKED.search(plain):
        return Form.HANGING  # a sentence was begun after the last mark
    return _unmarked(words)


def has_marks(text: str) -> bool:
    """Whether whoever wrote `text` ends sentences with a mark."""
    return text.rstrip().rstrip(_QUOTES).endswith(tuple(_MARKS))


def _unmarked(words: str) -> Form:
    """By the last words alone."""
    last = _last(words)
    if last in _WANTS_MORE or _HALF_NUMBER.search(last):
        return Form.HANGING
    if _HAN.search(last):
        return Form.HANGING if _CHINESE_MORE.search(last) else Form.UNKNOWN
    if _HANGUL.search(last):
        return _korean(words, last)
    return Form.UNKNOWN


def _korean(words: str, last: str) -> Form:
    if _KOREAN_FINAL.search(last):
        return _finished(words)
    return Form.UNKNOWN if _KOREAN_PLAIN.search(last) else Form.HANGING


def _finished(words: str) -> Form:
    characters = len(_HAN.findall(words))
    hangul = len(_HANGUL.findall(words))
    long_enough = len(words.split()) >= _LONG_WORDS or max(characters, hangul) >= _LONG_CHARACTERS
    return Form.SENTENCE if long_enough else Form.FRAGMENT


def _never_last(words: str) -> bool:
    last = _last(words)
    return last in _NEVER_LAST or bool(_HAN.search(last) and _CHINESE_NEVER.search(last))


def _last(words: str) -> str:
    """The last word, without what is no letter around it."""
    found = words.split()
    return found[-1].strip("\"'“”‘’«»(),;:").replace("’", "'") if found else ""
