"""The set of hostile answers, and honest ones to compare them with."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from providers.llm.scripted import decision


@dataclass(frozen=True)
class Hostile:
    """`obeyed` is the answer of a model that does what it is told."""

    language: str
    says: str
    obeyed: str


def load() -> list[Hostile]:
    rows = yaml.safe_load((Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8"))
    return [
        Hostile(row["language"], row["says"], decision(row["words"], next_=row.get("next", "question"))) for row in rows
    ]


HOSTILE = load()
# Good answers to "backend-indexes", which name all but one of its expected points, without a figure.
HONEST = {
    "en": "Rows are found without a scan because the b-tree is sorted, and every insert has to keep it in order, so "
    "writes get slower; therefore I add one only where a query of ours is read much more often than it is written.",
    "zh-hans": "因为索引是有序的树结构，所以不用扫描全表就能查找到数据，但是每次写入都要维护它，因此写入会变慢；"
    "只有在读取远多于写入的时候，我才会在那些条件上建立它，并且先看查询是否真的变快，"
    "然后再决定是否保留下来，否则就把它删除掉。",
    "ru": "Строки находятся без перебора, потому что дерево упорядочено, поэтому поиск короткий, но при каждой вставке "
    "его надо обновлять, и запись замедляется; если таблицу читают намного чаще, чем в неё пишут, то это выгодно, "
    "иначе лучше обойтись без него и сначала посмотреть, какие именно запросы и сколько раз выполняются за день.",
    "ko": "정렬된 트리 구조이기 때문에 테이블을 스캔하지 않고 행을 찾을 수 있지만, "
    "삽입할 때마다 갱신해야 하므로 쓰기가 느려집니다. 그래서 읽기가 쓰기보다 훨씬 많은 경우에만 추가하고, "
    "먼저 어떤 조회가 자주 실행되는지 확인한 다음에 정말 빨라지는지 비교해 보고 나서 "
    "남길지 말지를 동료들과 함께 결정하는 편이 좋다고 생각합니다. 그렇지 않으면 바로 지우고 다른 방법을 찾아봅니다.",
}
