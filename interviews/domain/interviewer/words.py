"""Words by which the offline interviewer knows what an answer lacks, in four languages.

Entries match as those of `interviews.domain.markers` do: a Latin or Cyrillic one where a word begins with it, a Chinese
or Korean one anywhere.
"""

DECLINED = {
    "en": "i don't know|i do not know|don't know|no idea|not sure what|never used|never heard|never worked|never done"
    "|no experience|can't answer|cannot answer|can't say|nothing to say|let's skip|pass on",
    "zh-hans": "不知道|不清楚|不太清楚|不了解|不太懂|没用过|没有用过|没听说|没接触|没有经验|没做过|答不上|跳过",
    "ru": "не знаю|понятия не имею|без понятия|не сталкив|не использовал|не слышал|не приходилось|нет опыта"
    "|не могу ответить|затрудняюсь|не работал|давайте дальше|пропустим",
    "ko": "모르겠|모릅니다|잘 몰라|들어 본 적|들어본 적|써 본 적이 없|써본 적이 없|사용해 본 적이 없|경험이 없"
    "|해 본 적이 없|해본 적이 없|답하기 어렵|넘어가",
}
SITUATION = {
    "en": "project|when i|when we|at my|in my|last year|once|customer|client|our team|we had|there was|company",
    "zh-hans": "项目|当时|有一次|之前|客户|公司|我们团队|去年|曾经",
    "ru": "проект|когда я|когда мы|однажды|в прошлом|заказчик|клиент|в команде|у нас был|в компании",
    "ko": "프로젝트|당시|한번은|예전에|고객|회사|저희 팀|우리 팀|작년|때",
}
RESULT = {
    "en": "result|in the end|as a consequence|reduced|improved|faster|saved|increased|percent|since then|worked out"
    "|went down|went up|so that now|after that",
    "zh-hans": "结果|最终|最后|降低|提升|提高|减少|节省|百分|之后",
    "ru": "результат|в итоге|в конце концов|снизи|сократи|улучши|быстре|увеличи|процент|с тех пор|стало|удалось",
    "ko": "결과|결국|마침내|줄었|줄였|개선|빨라|늘었|절감|퍼센트|이후",
}
VAGUE = {
    "en": "various|stuff|things like|something like|and so on|etc|usually|in general|kind of|sort of|it depends"
    "|many things|all sorts|some kind|best practice",
    "zh-hans": "各种|之类|等等|一般来说|差不多|看情况|很多东西|一些东西|大概",
    "ru": "всякое|разные вещи|и так далее|и тому подобное|как обычно|в общем|вроде|какие-то|что-то|по-разному|зависит",
    "ko": "여러 가지|이것저것|등등|보통|대충|상황에 따라|그런 것|뭔가|일반적으로",
}
