"""Vacancies in four languages, written for the tests."""

ENGLISH = """Senior Backend Engineer (Python)
Company: Northwind Parcels
Location: remote

About us
We move two million parcels a day.

What you'll do:
- Design the routing service in Go
- Mentor two colleagues

Requirements:
• 5+ years of experience with Python
• PostgreSQL or MySQL,
  tuned under load
• English at B2 or better
• Docker is a plus

Nice to have
• Kafka
• Bachelor's degree in computer science

We offer:
- Thirty days of holidays
"""

CHINESE = """职位名称：前端工程师
公司：蓝湾科技有限公司

岗位职责：
1、负责商家后台的页面开发；
2、优化首屏速度。

任职要求：
1、本科及以上学历，计算机相关专业；
2、3年以上前端开发经验，精通 JavaScript、TypeScript；
3、熟练使用 React 或 Vue；
4、有小程序开发经验者优先。

加分项：
1、熟悉 Node.js；
2、英语可作为工作语言。

福利待遇：
五险一金，弹性工作
"""

RUSSIAN = """Вакансия: Тестировщик (QA engineer)
Компания: ООО «Север»

Обязанности:
— писать тест-планы на Java;
— заводить дефекты.

Требования:
— опыт тестирования веб-приложений от 2 лет;
— знание SQL и Postman;
— английский язык не ниже B1;
— высшее образование.

Будет плюсом:
— Selenium или Playwright;
— опыт работы с Jira.

Условия:
— удалённая работа;
— ДМС.
"""

KOREAN = """포지션: 프로덕트 매니저
회사명: 하늘소프트

주요업무
- 결제 서비스의 로드맵을 만듭니다
- 고객을 인터뷰합니다

자격요건
- 프로덕트 매니저 경력 3년 이상
- SQL을 활용한 데이터 분석 경험
- 학사 학위 이상

우대사항
- Figma 사용 경험
- 영어로 회의가 가능하신 분

복지 및 혜택
- 자율 출퇴근
"""
