"""Resumes in four languages, written for these tests, and what a person reads in each."""

from typing import Any

ENGLISH = """Maria Gonzalez
Backend Developer
maria.gonzalez@example.org | +1 (415) 555-2671 | Boston, MA | github.com/mgonzalez

Summary
Backend developer who likes small services and good tests.

Experience

Senior Backend Developer | Northwind Ltd | Mar 2021 - Present
- Moved the billing service to Kafka
- Halved the latency of the search API

Backend Developer | Blue Yonder Labs | Jun 2018 - Feb 2021
- Wrote the order service in Go

Education

Master of Science in Computer Science | Boston University | 2016 - 2018

Skills
Python, Django, PostgreSQL, Kafka, Go

Languages
English (Native), Spanish (Fluent)

Certifications
AWS Certified Developer (2022)"""

CHINESE = """姓名：王小明
邮箱：wang.xiaoming@example.com
电话：13800138000
现居地：杭州

教育背景
2014年9月 - 2018年6月  浙江大学  软件工程  本科

工作经历
2020年7月 - 至今  星河科技有限公司  后端开发工程师
• 负责订单系统的微服务拆分
• 使用Redis优化查询性能
2018年7月 - 2020年6月  云帆网络有限公司  Java开发工程师
• 开发支付接口

专业技能
Java、Spring Boot、MySQL、Redis、Docker

语言能力
英语（CET-6）"""

RUSSIAN = """Анна Смирнова
QA-инженер
Email: anna.smirnova@example.ru
Телефон: +7 916 123-45-67
Город: Москва, Россия

Опыт работы

Ведущий тестировщик | Компания «Ромашка» | март 2020 – настоящее время
• Построила автотесты на Selenium и pytest
• Ввела регрессионное тестирование

Тестировщик | ООО Василёк | июнь 2017 – февраль 2020
• Писала тест-кейсы

Образование

Бакалавр, Прикладная математика | Московский государственный университет | 2013 - 2017

Навыки
Python, Selenium, pytest, Postman, SQL

Языки
Русский (родной), Английский (B2)"""

KOREAN = """김민준
이메일: minjun.kim@example.co.kr
전화: 010-1234-5678
주소: 서울시 마포구

경력
프론트엔드 개발자 | 한빛소프트 | 2021.03 - 현재
• React로 관리자 화면을 개발
• 번들 크기를 절반으로 줄임
웹 개발자 | 새벽테크 | 2019.01 - 2021.02
• Vue.js 기반 쇼핑몰 구현

학력
2013.03 - 2019.02 | 연세대학교 | 컴퓨터과학 | 학사

기술 스택
React, TypeScript, Vue.js, Webpack

자격증
정보처리기사"""

TRUTH: dict[str, dict[str, Any]] = {
    "en": {
        "basics": {
            "name": "Maria Gonzalez",
            "label": "Backend Developer",
            "email": "maria.gonzalez@example.org",
            "phone": "+1 415-555-2671",
            "summary": "Backend developer who likes small services and good tests.",
            "location": {"address": "Boston, MA", "city": "Boston"},
            "profiles": [{"network": "GitHub", "username": "mgonzalez", "url": "https://github.com/mgonzalez"}],
        },
        "work": [
            {
                "name": "Northwind Ltd",
                "position": "Senior Backend Developer",
                "startDate": "2021-03",
                "highlights": ["Moved the billing service to Kafka", "Halved the latency of the search API"],
            },
            {
                "name": "Blue Yonder Labs",
                "position": "Backend Developer",
                "startDate": "2018-06",
                "endDate": "2021-02",
                "highlights": ["Wrote the order service in Go"],
            },
        ],
        "education": [
            {
                "institution": "Boston University",
                "area": "Computer Science",
                "studyType": "Master of Science",
                "startDate": "2016",
                "endDate": "2018",
            }
        ],
        "skills": [{"name": name} for name in ("Python", "Django", "PostgreSQL", "Kafka", "Go", "AWS")],
        "languages": [{"language": "English", "fluency": "Native"}, {"language": "Spanish", "fluency": "Fluent"}],
        "certificates": [{"name": "AWS Certified Developer", "date": "2022"}],
    },
    "zh-hans": {
        "basics": {
            "name": "王小明",
            "email": "wang.xiaoming@example.com",
            "phone": "+86 138 0013 8000",
            "location": {"address": "杭州", "city": "杭州"},
        },
        "work": [
            {
                "name": "星河科技有限公司",
                "position": "后端开发工程师",
                "startDate": "2020-07",
                "highlights": ["负责订单系统的微服务拆分", "使用Redis优化查询性能"],
            },
            {
                "name": "云帆网络有限公司",
                "position": "Java开发工程师",
                "startDate": "2018-07",
                "endDate": "2020-06",
                "highlights": ["开发支付接口"],
            },
        ],
        "education": [
            {
                "institution": "浙江大学",
                "area": "软件工程",
                "studyType": "本科",
                "startDate": "2014-09",
                "endDate": "2018-06",
            }
        ],
        "skills": [{"name": name} for name in ("Java", "Spring Boot", "MySQL", "Redis", "Docker", "微服务")],
        "languages": [{"language": "英语", "fluency": "CET-6"}],
    },
    "ru": {
        "basics": {
            "name": "Анна Смирнова",
            "label": "QA-инженер",
            "email": "anna.smirnova@example.ru",
            "phone": "+7 916 123-45-67",
            "location": {"address": "Москва, Россия", "city": "Москва"},
        },
        "work": [
            {
                "name": "Ромашка",
                "position": "Ведущий тестировщик",
                "startDate": "2020-03",
                "highlights": ["Построила автотесты на Selenium и pytest", "Ввела регрессионное тестирование"],
            },
            {
                "name": "ООО Василёк",
                "position": "Тестировщик",
                "startDate": "2017-06",
                "endDate": "2020-02",
                "highlights": ["Писала тест-кейсы"],
            },
        ],
        "education": [
            {
                "institution": "Московский государственный университет",
                "area": "Прикладная математика",
                "studyType": "Бакалавр",
                "startDate": "2013",
                "endDate": "2017",
            }
        ],
        "skills": [
            {"name": name}
            for name in (
                "Python",
                "Selenium",
                "pytest",
                "Postman",
                "SQL",
                "автотесты",
                "регрессионное тестирование",
                "тест-кейсы",
            )
        ],
        "languages": [{"language": "Русский", "fluency": "родной"}, {"language": "Английский", "fluency": "B2"}],
    },
    "ko": {
        "basics": {
            "name": "김민준",
            "email": "minjun.kim@example.co.kr",
            "phone": "+82 10-1234-5678",
            "location": {"address": "서울시 마포구", "city": "서울시"},
        },
        "work": [
            {
                "name": "한빛소프트",
                "position": "프론트엔드 개발자",
                "startDate": "2021-03",
                "highlights": ["React로 관리자 화면을 개발", "번들 크기를 절반으로 줄임"],
            },
            {
                "name": "새벽테크",
                "position": "웹 개발자",
                "startDate": "2019-01",
                "endDate": "2021-02",
                "highlights": ["Vue.js 기반 쇼핑몰 구현"],
            },
        ],
        "education": [
            {
                "institution": "연세대학교",
                "area": "컴퓨터과학",
                "studyType": "학사",
                "startDate": "2013-03",
                "endDate": "2019-02",
            }
        ],
        "skills": [{"name": name} for name in ("React", "TypeScript", "Vue.js", "Webpack")],
        "certificates": [{"name": "정보처리기사"}],
    },
}
TEXTS = {"en": ENGLISH, "zh-hans": CHINESE, "ru": RUSSIAN, "ko": KOREAN}
