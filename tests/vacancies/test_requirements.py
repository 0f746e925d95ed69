"""What requirements ask for, in four languages: exact readings."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.models import PositionType
from vacancies.domain.requirements import Need, understand

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("5+ years of experience with Python", "years", {"skills": (("python",),), "years": 5.0}),
    ("At least 3 years of backend development", "years", {"years": 3.0, "position": PositionType.BACKEND}),
    ("3-5 years in Java", "years", {"skills": (("java",),), "years": 3.0}),
    ("Python and SQL", "skill", {"skills": (("python",), ("sql",))}),
    ("Docker and Kubernetes or ECS", "skill", {"skills": (("docker",), ("kubernetes", "ecs"))}),
    ("One of Python, Go or Java", "skill", {"skills": (("python", "go", "java"),)}),
    (
        "Experience with a message broker (Kafka, RabbitMQ or NATS)",
        "skill",
        {"skills": (("kafka", "rabbitmq", "nats"),)},
    ),
    ("PostgreSQL or MySQL, tuned under load", "skill", {"skills": (("postgresql", "mysql"),)}),
    ("Strong knowledge of k8s", "skill", {"skills": (("kubernetes",),)}),
    ("React / Vue / Angular", "skill", {"skills": (("react", "vue.js", "angular"),)}),
    ("English at B2 or better", "language", {"languages": (("en", 4),)}),
    ("Fluent English", "language", {"languages": (("en", 5),)}),
    ("English: IELTS 6.5", "language", {"languages": (("en", 4),)}),
    ("Native Russian speaker", "language", {"languages": (("ru", 7),)}),
    ("English or German, C1", "language", {"languages": (("en", 5), ("de", 5)), "any_language": True}),
    ("Bachelor's degree in computer science", "education", {"degree": 2}),
    ("Master's or PhD in machine learning", "education", {"skills": (("machine learning",),), "degree": 3}),
    ("Senior", "seniority", {"seniority": 3}),
    ("Team lead experience", "skill", {"skills": (("team leadership",),)}),
    ("Team player", "other", {"skills": (("teamwork",),), "soft": True}),
    ("Excellent communication skills", "other", {"skills": (("communication",),), "soft": True}),
    ("Experience in fintech", "other", {}),
    ("REST APIs", "skill", {"skills": (("rest api",),)}),
    ("18 months with React", "years", {"skills": (("react",),), "years": 1.5}),
    ("two years of Go", "years", {"skills": (("go",),), "years": 2.0}),
    ("Knowledge of Go and Rust", "skill", {"skills": (("go",), ("rust",))}),
    ("Python, Django, PostgreSQL", "skill", {"skills": (("python",), ("django",), ("postgresql",))}),
    ("Experience with cloud platforms such as AWS, Azure", "skill", {"skills": (("aws", "azure"),)}),
    ("опыт тестирования веб-приложений от 2 лет", "years", {"years": 2.0, "position": PositionType.QA}),
    ("Опыт работы с Python от 3 лет", "years", {"skills": (("python",),), "years": 3.0}),
    ("знание SQL и Postman", "skill", {"skills": (("sql",), ("postman",))}),
    ("Знание Python или Go", "skill", {"skills": (("python", "go"),)}),
    ("английский язык не ниже B1", "language", {"languages": (("en", 3),)}),
    ("Свободный английский", "language", {"languages": (("en", 5),)}),
    ("Высшее образование", "education", {"degree": 2}),
    ("Высшее техническое образование (магистратура)", "education", {"degree": 3}),
    ("Опыт коммерческой разработки от трёх лет", "years", {"years": 3.0}),
    ("Один из фреймворков: Django, Flask или FastAPI", "skill", {"skills": (("django", "flask", "fastapi"),)}),
    ("Опыт работы backend-разработчиком от 5 лет", "years", {"years": 5.0, "position": PositionType.BACKEND}),
    ("Ведущий разработчик", "seniority", {"seniority": 4}),
    ("Умение работать в команде", "other", {"soft": True}),
    ("Опыт с PostgreSQL/MySQL", "skill", {"skills": (("postgresql", "mysql"),)}),
    ("Не менее 2 лет опыта с Kubernetes", "years", {"skills": (("kubernetes",),), "years": 2.0}),
    ("от года опыта на Java", "years", {"skills": (("java",),), "years": 1.0}),
    ("Docker, Kubernetes, CI/CD", "skill", {"skills": (("docker",), ("kubernetes",), ("ci/cd",))}),
    ("Ответственность и внимательность", "other", {"soft": True}),
    ("本科及以上学历，计算机相关专业", "education", {"degree": 2}),
    (
        "3年以上前端开发经验，精通 JavaScript、TypeScript",
        "years",
        {"skills": (("javascript",), ("typescript",)), "years": 3.0},
    ),
    ("熟练使用 React 或 Vue", "skill", {"skills": (("react", "vue.js"),)}),
    ("有小程序开发经验者优先", "skill", {"skills": (("mini programs",),)}),
    ("熟悉 Node.js", "skill", {"skills": (("node.js",),)}),
    ("英语可作为工作语言", "language", {"languages": (("en", 4),)}),
    ("5年以上Java开发经验", "years", {"skills": (("java",),), "years": 5.0}),
    ("熟悉MySQL、Redis等数据库", "skill", {"skills": (("mysql", "redis"),)}),
    ("至少掌握Python、Go、Java中的一种", "skill", {"skills": (("python", "go", "java"),)}),
    ("英语六级以上", "language", {"languages": (("en", 4),)}),
    ("HSK 5级", "language", {"languages": (("zh", 4),)}),
    ("硕士及以上学历", "education", {"degree": 3}),
    ("良好的沟通能力和团队合作精神", "other", {"skills": (("communication",), ("teamwork",)), "soft": True}),
    ("三年以上工作经验", "years", {"years": 3.0}),
    ("高级工程师", "seniority", {"seniority": 3}),
    ("具备Kafka或RabbitMQ使用经验", "skill", {"skills": (("kafka", "rabbitmq"),)}),
    ("프로덕트 매니저 경력 3년 이상", "years", {"years": 3.0, "position": PositionType.PM}),
    ("SQL을 활용한 데이터 분석 경험", "skill", {"skills": (("sql",), ("data analysis",))}),
    ("학사 학위 이상", "education", {"degree": 2}),
    ("Figma 사용 경험", "skill", {"skills": (("figma",),)}),
    ("영어로 회의가 가능하신 분", "language", {"languages": (("en", 4),)}),
    ("Java 개발 경력 5년 이상", "years", {"skills": (("java",),), "years": 5.0}),
    ("Python 또는 Go 사용 가능하신 분", "skill", {"skills": (("python", "go"),)}),
    ("TOEIC 850점 이상", "language", {"languages": (("en", 4),)}),
    ("비즈니스 영어 가능자", "language", {"languages": (("en", 4),)}),
    ("원활한 커뮤니케이션 능력", "other", {"skills": (("communication",),), "soft": True}),
    ("Spring Boot, JPA 기반 개발 경험", "skill", {"skills": (("spring boot",), ("jpa",))}),
    ("AWS 또는 GCP 등 클라우드 환경 경험", "skill", {"skills": (("aws", "google cloud"),)}),
    ("백엔드 개발 경력 3~5년", "years", {"years": 3.0, "position": PositionType.BACKEND}),
    ("시니어 개발자", "seniority", {"seniority": 3}),
    ("석사 이상", "education", {"degree": 3}),
    ("Docker와 Kubernetes 운영 경험", "skill", {"skills": (("docker",), ("kubernetes",))}),
    ("책임감이 강하신 분", "other", {"soft": True}),
    ("TOPIK 5급 이상", "language", {"languages": (("ko", 5),)}),
    ("Japanese JLPT N2", "language", {"languages": (("ja", 4),)}),
    ("Experience leading a team of five engineers", "other", {}),
    ("Minimum of 4 years' experience as a QA engineer", "years", {"years": 4.0, "position": PositionType.QA}),
    ("7 yrs Java, Spring", "years", {"skills": (("java",), ("spring",)), "years": 7.0}),
    ("B.S. in Computer Science or equivalent", "education", {"degree": 2}),
    ("Familiarity with Golang, Python or a similar language", "skill", {"skills": (("go", "python"),)}),
    ("Knowledge of English is a plus", "language", {"languages": (("en", 0),)}),
    ("Русский язык — родной, английский — B2", "language", {"languages": (("ru", 7), ("en", 4))}),
    ("Опыт руководства командой", "other", {}),
    ("Знание C++, Qt", "skill", {"skills": (("c++",), ("qt",))}),
    ("Опыт от 1 года до 3 лет", "years", {"years": 1.0}),
    ("AWS or GCP", "skill", {"skills": (("aws", "google cloud"),)}),
    ("Uses git daily and writes unit tests", "skill", {"skills": (("git",), ("unit testing",))}),
    ("Go to market strategy", "other", {}),
    ("Mentoring junior developers", "other", {}),
    ("Обучение младших специалистов", "other", {}),
]


@pytest.mark.parametrize(("text", "kind", "told"), CASES)
def test_what_a_requirement_asks_for(text: str, kind: str, told: dict[str, Any]) -> None:
    need = understand(text)
    assert need == Need(**{"kind": need.kind, "text": text, "topic": need.topic, **told})
    assert need.kind == kind


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Strong experience with payment systems", "payment systems"),
        ("Опыт работы с платёжными системами", "с платёжными системами"),
        ("具备支付系统开发经验", "支付系统开发"),
        ("결제 시스템 개발 경험", "결제 시스템 개발"),
    ],
)
def test_the_topic_leaves_out_what_only_requires_it(text: str, topic: str) -> None:
    assert understand(text).topic == topic


@given(st.text(max_size=500))
def test_any_text_is_understood_somehow(text: str) -> None:
    need = understand(text)
    assert need.years is None or 0 < need.years <= 50
    assert all(group for group in need.skills)
    assert all(0 <= level <= 7 for _code, level in need.languages)
