"""Asking for time to think, in English, Chinese, Russian and Korean: the end of a text that says so."""

import re

from interviews.engine.phrases import normalised

_WHILE = r"(?:a|one|some|a\slittle|a\sfew)\s(?:seconds?|sec|moments?|minutes?|time|bit)"
_THINK = r"think(?:\s(?:about|through|over)\s(?:it|this|that))?"
_ENGLISH = rf"""
    \b(?: let\sme\s (?:just\s)? (?: {_THINK} | see | remember | recall )
        | (?: (?:let|give)\sme | i\s(?:need|want) | id\slike | i\swould\slike | ill\stake
            | (?:can|could|may)\si\s(?:have|take) )
            \s (?:just\s)? {_WHILE} (?:\sto\s(?:{_THINK}|remember|recall))?
        | i\s(?:need|have|want)\sto\s{_THINK}
        | (?:just\s)? (?:a|one)\s(?:second|sec|moment|minute)
        | hold\son
      )
    (?:\s(?:for\s)?{_WHILE})?
"""
_THINK_ZH = r"(?: 想一?[想下] | 思考一?下? | [考][虑慮]一?下? | 回[忆憶]一?下? | 理一?下?思路 )"
_CHINESE = rf"""
    (?: [让讓容等]我(?:先|再)?(?:仔细|好好)? {_THINK_ZH}
      | 我(?:先|再|需要|要|得)?(?:仔细|好好)? {_THINK_ZH}
      | (?:稍等|等一?[下等]|等会儿?)(?:一下|片刻|一会儿?)?
      | [给給]我(?:一点|一些|一|点|几)?(?:时间|時間|分钟|分鐘|秒钟?)(?:{_THINK_ZH})?
    ) (?:这个问题|這個問題)?
"""
_WHILE_RU = r"(?:(?:одну\s)?(?:минут|секунд)(?:у|ку|очку)|немного|пару\s(?:минут|секунд)|время)"
_THINK_RU = r"(?:подумать|подумаю|вспомнить|вспомню|сообразить|соображу|собраться\sс\sмыслями)"
_RUSSIAN = rf"""
    \b(?: (?:дай(?:те)?|можно|разрешите|позвольте)\s(?:мне\s)? (?: (?:{_WHILE_RU}\s)?{_THINK_RU} | {_WHILE_RU} )
        | (?:мне\s)?(?:надо|нужно|хочу)\s (?: (?:{_WHILE_RU}\s)?{_THINK_RU} | {_WHILE_RU} )
        | (?:сейчас|щас)\s(?:я\s)?{_THINK_RU}
        | подождите | погодите | одну\s(?:минут|секунд)(?:у|ку|очку) | (?:минут|секунд)(?:ку|очку)
      )
    (?:\s(?:{_WHILE_RU}|над\sэтим|об\sэтом))?
"""
_DO_KO = r"(?:할게요|하겠습니다|하고요|정리할게요|해\s?(?:볼게요|보겠습니다|봐도\s될까요|도\s될까요))"
_THINK_KO = rf"(?:생각|고민)(?:을|\s?좀|\s?조금|\s?한번)*(?:\s?{_DO_KO})?"
_GIVE_KO = r"(?:주세요|주시겠어요|주십시오|주실\s수\s있나요|필요합니다|필요해요)"
_KOREAN = rf"""
    (?: (?:잠시만|잠깐만|잠시|잠깐)(?:요|\s?기다려\s?{_GIVE_KO})?(?:\s(?:좀\s)?{_THINK_KO})?
      | (?:^|\s)(?:조금|좀)?\s?(?:생각|고민)(?:을|\s?좀|\s?조금|\s?한번)*\s?{_DO_KO}
      | 시간(?:을)?(?:\s?(?:좀|조금))*\s?{_GIVE_KO}
    )
"""
_POLITE = r"(?: [\s.]* (?: please | пожалуйста | хорошо | 好吗 | 可以吗 | 谢谢 | 감사합니다 | [吧吗啊] ) )* [\s.]* $"
_ASKS = re.compile(rf"(?:{_ENGLISH}|{_CHINESE}|{_RUSSIAN}|{_KOREAN}){_POLITE}", re.VERBOSE)
_TAIL = 120  # characters; longer than any of these


def asks_for_time(text: str) -> bool:
    """Whether a text ends with "let me think", or the like."""
    return _ASKS.search(normalised(text[-_TAIL:])) is not None
