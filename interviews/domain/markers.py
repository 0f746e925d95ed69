"""Words by which reasoning, teamwork, ownership and fillers are known without a model, in four languages.

Entries are casefolded. A Latin or Cyrillic entry matches where a word begins with it ("test" also finds "tested");
a Chinese or Korean entry matches anywhere, since their words are not set apart by spaces.
"""

REASONING = {
    "en": "because|therefore|so that|trade-off|tradeoff|instead of|compared|depends|the reason|which means|in order to"
    "|first|then|finally|if |unless|measure|root cause|hypothes|alternative|edge case|bottleneck",
    "zh-hans": "因为|所以|因此|为了|权衡|取舍|相比|取决于|原因|首先|然后|最后|如果|否则|测量|根因|假设|方案|瓶颈|边界",
    "ru": "потому что|поэтому|чтобы|компромисс|вместо|по сравнению|зависит|причин|сначала|затем|потом|наконец|если"
    "|измер|гипотез|альтернатив|узкое место|граничн",
    "ko": "때문|그래서|따라서|위해|대신|비교|달라|원인|먼저|그다음|그 다음|마지막|만약|측정"
    "|가설|대안|병목|트레이드오프|경우",
}
TEAMWORK = {
    "en": "we |team|colleague|together|feedback|review|mentor|pair|discuss|stakeholder|customer|users|help|learn|share"
    "|taught|agree",
    "zh-hans": "我们|团队|同事|一起|反馈|评审|指导|讨论|客户|用户|帮助|学习|学到|分享|沟通|协作",
    "ru": "мы |команд|коллег|вместе|обратн|ревью|настав|обсужд|обсуд|заказчик|клиент|пользовател|помог|помож|науч|делил"
    "|поделил|договор",
    "ko": "우리|팀|동료|함께|같이|피드백|리뷰|멘토|논의|고객|사용자|도움|도와|배웠|배우|공유|소통|협업",
}
OWNERSHIP = {
    "en": "i built|i wrote|i led|i designed|i made|i was responsible|i decided|i introduced|i fixed|i reduced"
    "|i improved|i created|i developed|i implemented|i worked|my role|i shipped|i moved",
    "zh-hans": "我负责|我设计|我开发|我实现|我主导|我优化|我写|我做|我搭建|我引入|我修复|我改进|我带领",
    "ru": "я разработ|я написал|я сделал|я спроектир|я отвечал|я руковод|я внедр|я реализ|я оптимиз|я исправ|я улучш"
    "|я созда|я работал|моя роль",
    "ko": "제가|저는|담당|개발했|설계했|구현했|주도|개선했|작성했|만들었|도입했|최적화했|맡았",
}
FILLERS = {
    "en": "um|uh|erm|you know|sort of|kind of|i mean|basically",
    "zh-hans": "嗯|呃|那个|就是说|怎么说",
    "ru": "ну |э-э|эм|как бы|типа|короче|так сказать|в общем",
    "ko": "음 |어 |그러니까|뭐랄까|약간|그 뭐",
}


def entries(table: dict[str, str], language: str) -> tuple[str, ...]:
    return tuple(table.get(language, table["en"]).split("|"))
