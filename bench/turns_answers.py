"""Answers as people give them: whole sentences, with pauses to think in the middle of them.

The texts were written as answers to interview questions, before any word list was looked at; where the pauses fall is
chance. `Answer.words` carry the marks that a recogniser would write, or none.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

TEXTS = {
    "en": """
In my last job I moved the payment service from one big machine to a small cluster. It took us about three months.
We noticed that the response times doubled every evening, so I wrote a script that compared the queries of both days.
I usually start with the failing test and then read the code around it until I understand why it was written that way.
The hardest part was to convince the other team that their cache returned old prices to some customers.
I have worked with Python for six years, mostly on web services and a little on data pipelines.
When two people disagreed about the design we built both versions in a day and measured them.
I would first check whether the index is used, because the table has grown by ten million rows since spring.
My manager asked me to take over the releases after a colleague left the company in the middle of a project.
We kept the old interface alive for a year, which gave our partners enough time to change their programs.
I learned that a small change with a good description is reviewed faster than a large one without any.
The customer wanted a report every morning, but the data came only at noon, so we agreed on yesterday's numbers.
For me a good review is a conversation about the problem rather than about the style of somebody's code.
I once deleted the wrong directory on a server and since then every script of mine asks before it removes anything.
We had fifteen services and nobody knew which of them still needed the old message queue.
I prefer to write down the decision together with the reasons, because half a year later nobody remembers them.
""",
    "zh-hans": """
我在上一家公司负责订单系统的重构，把原来的单体应用拆成了六个服务。整个过程大概用了半年。
我们发现每天晚上数据库的连接数都会突然升高，后来查出来是定时任务没有释放连接。
我通常会先写一个能够重现问题的测试，然后再去看相关的代码是怎么写的。
最困难的地方是说服另外一个团队修改他们的接口，因为他们担心影响老客户。
我用过三年的消息队列，主要是用来处理支付结果的通知和重试。
当时我们有两个方案，最后选择了比较简单的那个，因为上线时间只剩下两个星期。
如果让我重新做一次的话，我会先把监控做好，再开始迁移数据。
我的经验是小的改动更容易评审，也更容易在出问题的时候回退。
客户希望每天早上看到报表，但是数据要到中午才能准备好，所以我们改成了前一天的数据。
我比较喜欢跟产品经理一起讨论需求，这样可以少走很多弯路。
有一次我误删了测试环境的数据，从那以后我写的每个脚本都会先确认一遍。
我觉得代码评审最重要的是讨论问题本身，而不是纠结格式。
我们把缓存的过期时间从一个小时改成了五分钟，投诉马上就少了很多。
项目一开始只有我一个人做后端，后来慢慢发展成了一个八个人的小组。
这个功能上线以后，平均响应时间从两秒降到了三百毫秒左右。
""",
    "ru": """
На прошлом месте я переносил сервис платежей с одного большого сервера на кластер. Это заняло у нас около трёх месяцев.
Мы заметили, что каждый вечер время ответа удваивается, и я написал скрипт, который сравнивал запросы за два дня.
Обычно я начинаю с теста, который падает, а потом читаю код вокруг него и пытаюсь понять замысел автора.
Труднее всего было убедить соседнюю команду, что их кэш иногда отдаёт клиентам старые цены.
Я шесть лет пишу на языке Питон, в основном серверную часть сайтов и немного обработку данных.
Когда мнения в команде разделились, мы за день сделали оба варианта и сравнили их под нагрузкой.
Сначала я бы проверил, используется ли индекс, потому что с весны таблица выросла на десять миллионов строк.
Руководитель попросил меня заняться выпусками после того, как коллега ушёл из компании посреди проекта.
Старый интерфейс мы поддерживали ещё год, чтобы партнёры успели переделать свои программы.
Я понял, что небольшое изменение с хорошим описанием проверяют быстрее, чем большое без всякого описания.
Заказчик хотел видеть отчёт каждое утро, но данные приходили только к обеду, поэтому мы взяли вчерашние цифры.
Для меня хорошая проверка кода означает разговор о задаче, а не спор об оформлении.
Однажды я удалил не ту папку на сервере, и с тех пор каждый мой скрипт сначала спрашивает подтверждение.
У нас было пятнадцать сервисов, и никто не знал, какие из них ещё пользуются старой очередью.
Я стараюсь записывать решение вместе с причинами, потому что через полгода их никто не помнит.
""",
    "ko": """
저는 이전 회사에서 결제 서비스를 작은 서비스 여러 개로 나누는 일을 맡았습니다. 전체 작업은 석 달 정도 걸렸습니다.
매일 저녁 응답 시간이 두 배로 늘어나는 것을 발견해서 이틀 동안의 쿼리를 비교하는 스크립트를 작성했습니다.
보통은 실패하는 테스트부터 만들고 그다음에 관련된 코드를 읽으면서 원인을 찾습니다.
가장 어려웠던 점은 다른 팀의 캐시가 오래된 가격을 보여 준다는 사실을 설득하는 것이었습니다.
파이썬은 육 년 정도 사용했고 주로 웹 서비스를 개발했습니다.
의견이 나뉘었을 때는 두 가지 방법을 모두 하루 만에 만들어서 성능을 비교했습니다.
먼저 인덱스가 사용되는지 확인할 것 같아요.
동료가 프로젝트 중간에 퇴사하면서 제가 배포 업무를 이어서 담당하게 되었습니다.
예전 인터페이스를 일 년 동안 유지해서 협력사들이 프로그램을 바꿀 시간을 주었습니다.
설명이 잘 된 작은 변경이 큰 변경보다 훨씬 빨리 검토된다는 것을 배웠습니다.
고객은 매일 아침 보고서를 원했지만 데이터가 정오에 들어와서 전날 수치를 쓰기로 했습니다.
좋은 코드 리뷰는 형식이 아니라 문제에 대해서 이야기하는 것이라고 생각해요.
한번은 서버에서 다른 폴더를 지운 적이 있는데 그 뒤로는 스크립트가 항상 먼저 확인을 합니다.
서비스가 열다섯 개나 있었는데 어떤 것이 아직 예전 큐를 쓰는지 아무도 몰랐습니다.
결정한 내용과 이유를 함께 적어 두는 편인데 반년이 지나면 아무도 기억하지 못하기 때문입니다.
""",
}
FILLERS = {"en": ("um,", "uh,"), "zh-hans": ("嗯，", "那个，"), "ru": ("э-э,", "ну,"), "ko": ("음,", "그,")}
_SENTENCE_END = re.compile(r"[.!?。！？]$")
_MARKS = re.compile(r"[^\w\s'-]")
_THINKS_MS, _BREATHES_MS = (300, 3_000), (150, 380)
_FILLED = 0.25  # of the pauses begin with a sound


@dataclass(frozen=True, slots=True)
class Answer:
    """`words` in their order, and the pauses after some of them, in milliseconds, by the word's place."""

    language: str
    marked: bool
    words: tuple[str, ...]
    pauses: dict[int, int]

    def text(self, first: int, last: int) -> str:
        """What a recogniser writes for these words; marks only where a sentence has them."""
        space = "" if self.language == "zh-hans" else " "
        written = space.join(self.words[first : last + 1])
        return written if self.marked else " ".join(_MARKS.sub(" ", written).casefold().split())


def speakers(seed: int = 1) -> Iterator[list[Answer]]:
    """Eight people, each with all answers of a language: four with a recogniser that writes marks, four without."""
    chance = random.Random(seed)
    for language, texts in TEXTS.items():
        for marked in (True, False):
            yield [_answer(language, marked, text, chance) for text in texts.strip().splitlines()]


def _answer(language: str, marked: bool, text: str, chance: random.Random) -> Answer:
    words = _units(language, text)
    inside = [at for at, word in enumerate(words[:-1]) if not _SENTENCE_END.search(word)]
    thinks = sorted(chance.sample(inside, chance.choice((1, 1, 2))), reverse=True)
    pauses = {at: chance.randint(*_BREATHES_MS) for at, word in enumerate(words[:-1]) if at not in inside}
    for at in thinks:
        filled = chance.random() < _FILLED
        if filled:
            words.insert(at + 1, chance.choice(FILLERS[language]))
            pauses = {place + (place > at): ms for place, ms in pauses.items()}
        pauses[at + filled] = chance.randint(*_THINKS_MS)
    return Answer(language, marked, tuple(words), pauses)


def _units(language: str, text: str) -> list[str]:
    """Words; in Chinese characters, each with the mark after it."""
    return re.findall(r"\w\W?", text) if language == "zh-hans" else text.split()
