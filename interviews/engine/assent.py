"""Sounds and words of assent, in English, Chinese, Russian and Korean: a listener's, who does not want the floor."""

import re
import unicodedata

from interviews.engine.sentences import words

_MOST = 4  # words; more is a sentence

_WORDS = words(
    """
    m mm mmm mhm mmhm mmhmm hm hmm hmmm uh huh uhhuh um umm uhm ah aha oh ooh eh er
    ok okay kay yes yeah yep yup ya right sure alright good great nice cool fine exactly indeed true
    м мм ммм мхм хм хмм гм угу ага ах ох ой эм э а о да ну так ладно хорошо понятно понял поняла ясно ок окей
    конечно точно верно отлично
    응 음 어 아 오 네 네네 예 예예 넵 그래요 그렇군요 그렇죠 맞아요 맞습니다 알겠습니다 알겠어요 좋아요 좋습니다 오케이
    """
)
_PHRASES = re.compile(r"\b(?:i see|i got it|got it|uh huh|mm hm+|all right|of course|все ясно|все понятно)\b")
_CHINESE = re.compile(
    r"(?:[嗯唔呃哦噢喔啊呵唉诶欸哼]|好的?|对的?|是的?|行|可以|没错|沒錯|明白了?|知道了|了解|當然|当然|對的?)+"
)


def is_assent(text: str) -> bool:
    """Whether `text` is nothing but sounds and words of assent."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    plain = re.sub(r"['’‘`´]", "", plain)
    plain = re.sub(r"[^\w\s]+", " ", plain)
    plain = _CHINESE.sub(" ", plain) if _CHINESE.fullmatch(re.sub(r"\s+", "", plain)) else plain
    left = _PHRASES.sub(" ", plain).split()
    return len(left) <= _MOST and all(word in _WORDS for word in left)
