"""Closing phrases of an introduction, in English, Chinese, Russian and Korean.

A phrase counts only where a text ends with it (thanks and the like may follow), so "that's all about Python" goes on.
Recognised text has no reliable punctuation: phrases that say it unmistakably count at the end of any text, those that
also end ordinary sentences ("I'm done", "всё", "没了") only as a sentence of their own.
"""

import re
import unicodedata

# Each alternative is matched on normalised text: lower case, no apostrophes, ё as е, sentence ends as one dot.
_ENGLISH = r"""
    (?<!\bif\s)(?<!\bwhen\s)(?<!\bnot\s)(?<!\bthink\sof\s)
    \b(?: (?:thats|that\sis)\s (?:all|everything|about\sit|pretty\smuch\sit|all\sof\sit)
        | (?:thats|that\sis|this\sis)\s (?:the\send|the\send\sof\smy\sintro(?:duction)?|my\sintro(?:duction)?)
        | (?:ive|i\shave)\s nothing\s (?:(?:more|else)\s)? to\s (?:add|say)
        | nothing\s (?:(?:more|else)\s)? to\s (?:add|say)
      )
    (?:\s(?:about|from|for)\s(?:me|myself|now|today|my\spart|my\sside))*
    (?:\si\s(?:have|got|wanted\sto\ssay|can\ssay|have\sto\ssay))?
    (?:\sfor\snow)?
"""
_ENGLISH_ALONE = r"""
    (?:(?:and|so|ok|okay|well|yes|yeah|i\sthink|i\sguess)\s)*
    (?: (?:thats|that\sis)\s it | (?:im|i\sam)\s (?:done|finished|through) | (?:ive|i\shave)\sfinished | the\send )
    (?:\s(?:with\smy\sintro(?:duction)?|from\sme|for\snow))?
"""
_CHINESE = r"""
    (?<!没)(?<!没有)(?<!等我)(?<!等)(?<!沒)(?<!沒有)(?<!如果我)
    (?: [说說讲講]\s?完[了啦] | [说說讲講]完 | 介[绍紹]完(?:[了啦毕畢])? | 回答完[了毕]
      | 就(?:是)?[这這]些(?:内容)?[了吧]? | 就(?:到)?[这這][样樣里裡](?:[了吧])?
      | 以上就?是我的(?:自我)?介[绍紹] | 到此[结結]束 | 到[这這][里裡]?[结結]束[了]?
      | [没沒]有?(?:什么|什麼)?(?:其他|别的)?要?[补補]充的?了
    )
"""
_CHINESE_ALONE = r"""(?:好的?|嗯|那)?\s?(?:我)?\s?(?: 完毕 | 完畢 | 完了 | [没沒]有?了 | 以上 | 好了 )"""
_RUSSIAN = r"""
    (?<!\bне\s)(?<!\bесли\s)(?<!\bкогда\s)
    \b(?: (?:вот\s)?(?:и\s)?это\s(?:(?:пожалуй|наверное|в\sпринципе|в\sобщем)\s)?все
        | (?:вот\s(?:и|пожалуй)|пожалуй|наверное|у\sменя|на\sэтом(?:\sу\sменя)?|в\sпринципе|в\sобщем)\sвсе
        | я\s(?:все\sсказала?|все\sрассказала?|закончила?|договорила?)
        | (?:мне\s)?(?:больше\s)?нечего(?:\sбольше)?\s(?:добавить|сказать)
        | на\sэтом\s(?:я\s)?(?:заканчиваю|закончу|завершаю)
      )
    (?:\s(?:о\sсебе|про\sменя|обо\sмне|у\sменя|что\s(?:я\s)?хотела?\s(?:сказать|рассказать)|на\sэтом|пока))?
"""
_RUSSIAN_ALONE = r"""(?:(?:ну|вот|так|и)\s)*(?: все | конец | закончила? | готово )"""
_KOREAN = r"""
    # "5년 이상입니다" is "more than five years": the phrase follows a finished sentence or a topic, or stands alone.
    (?:^|[.]\s*|(?<=다)\s|(?<=요)\s|(?<=죠)\s|(?<=은)\s|(?<=는)\s|(?<=네)\s|(?<=예)\s|(?<=그럼)\s|(?<=상)\s)
    이상(?:\s?입니다|\s?이에요|\s?이었습니다|\s?이\s?다|\s?마치겠습니다|으로\s마치겠습니다)
  | 여기까지(?:\s?(?:입니다|에요|예요|이에요|할게요|하겠습니다))
  | 다\s?(?:말했습니다|말했어요|말씀\s?드렸습니다|말씀\s?드렸어요)
  | (?:그게|이게)\s(?:다|전부)\s?(?:입니다|예요|에요|이에요)
  | (?:소개(?:는|를)?|자기소개(?:는|를)?|이것으로|이만)\s(?:끝입니다|끝났습니다|마치겠습니다|마칩니다)
"""
_KOREAN_ALONE = r"""(?:(?:네|예|자|그럼)\s)?(?: 끝입니다 | 끝이에요 | 끝났습니다 | 끝났어요 | 마치겠습니다 )"""

_THANKS = r"""
    (?: [\s.]* (?: (?:so\s)?thank\syou(?:\s(?:very|so)\smuch)?(?:\sfor\slistening)? | (?:many\s)?thanks | please
                 | [谢謝]{2}(?:大家|您|你|各位)? | [吧啊啦呢了哈]
                 | (?:большое\s)?спасибо(?:\s(?:большое|за\sвнимание))?
                 | (?:들어\s?주셔서\s)?(?:감사합니다|고맙습니다|감사해요)
    ) )* [\s.]* $
"""


def _compiled(anywhere: tuple[str, ...], alone: tuple[str, ...]) -> re.Pattern[str]:
    free = "|".join(f"(?:{one})" for one in anywhere)
    own = "|".join(f"(?:{one})" for one in alone)
    return re.compile(rf"(?: {free} | (?:^|[.])\s*(?:{own}) ) {_THANKS}", re.VERBOSE)


_CLOSING = _compiled(
    (_ENGLISH, _CHINESE, _RUSSIAN, _KOREAN), (_ENGLISH_ALONE, _CHINESE_ALONE, _RUSSIAN_ALONE, _KOREAN_ALONE)
)
_TAIL = 160  # characters; longer than any phrase with its thanks


def closes(text: str) -> bool:
    """Whether a text ends with a phrase that says "that was all"."""
    return _CLOSING.search(normalised(text[-_TAIL:])) is not None


def normalised(text: str) -> str:
    """Lower case, without apostrophes, ё as е, sentence ends as one dot: what phrases are matched on."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    plain = re.sub(r"['’‘`´]", "", plain)
    plain = re.sub(r"[.!?。！？…\n]+", " . ", plain)
    return re.sub(r"[^\w.]+", " ", plain).strip()
