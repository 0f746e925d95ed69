"""What people read in each language: errors of the API, of the sockets, and the room's texts."""

from collections.abc import Callable

import pytest
from django.utils import translation
from django.utils.translation import ngettext
from rest_framework.test import APIClient

from accounts.models import User
from interviews.live.errors import TEXTS as SOCKET_ERRORS
from interviews.room_texts import room_texts
from tests.locale.catalogues import CODES
from tests.locale.test_catalogues import placeholders

LANGUAGES = tuple(CODES.values())

STRANGER = {
    "en": "Authentication credentials were not provided.",
    "zh-hans": "身份认证信息未提供。",
    "ru": "Учетные данные не были предоставлены.",
    "ko": "자격 인증 데이터가 제공되지 않았습니다.",
}
WRONG_PASSWORD = {
    "en": "No active account found with the given credentials",
    "zh-hans": "邮箱或密码错误，或账户已停用",
    "ru": "Неверные эл. почта или пароль, либо учётная запись отключена",
    "ko": "이메일이나 비밀번호가 올바르지 않거나 비활성화된 계정입니다",
}
SHORT_PASSWORD = {
    "en": "This password is too short. It must contain at least 8 characters.",
    "zh-hans": "密码太短，至少需要 8 个字符。",
    "ru": "Пароль слишком короткий. В нём должно быть как минимум 8 символов.",
    "ko": "비밀번호가 너무 짧습니다. 최소 8자 이상이어야 합니다.",
}
NOT_FOUND = {"en": "Not found.", "zh-hans": "未找到。", "ru": "Не найдено.", "ko": "찾을 수 없습니다."}


@pytest.mark.parametrize(("language", "words"), STRANGER.items())
def test_a_stranger(api: Callable[[User | None], APIClient], language: str, words: str) -> None:
    answer = api(None).get("/api/v1/resume/", headers={"accept-language": language})
    assert (answer.status_code, answer.json()["message"]) == (401, words)


@pytest.mark.parametrize(("language", "words"), WRONG_PASSWORD.items())
def test_a_wrong_password(api: Callable[[User | None], APIClient], owner: User, language: str, words: str) -> None:
    answer = api(None).post(
        "/api/v1/auth/token/", {"email": owner.email, "password": "wrong"}, headers={"accept-language": language}
    )
    assert (answer.status_code, answer.json()["message"]) == (401, words)


@pytest.mark.parametrize(("language", "words"), SHORT_PASSWORD.items())
def test_a_short_password(db: None, api: Callable[[User | None], APIClient], language: str, words: str) -> None:
    answer = api(None).post(
        "/api/v1/auth/register/",
        {"email": "new@example.com", "password": "k9Xq!"},
        headers={"accept-language": language},
    )
    assert (answer.status_code, answer.json()["errors"]["password"]) == (400, [words])


@pytest.mark.parametrize(("language", "words"), NOT_FOUND.items())
def test_somebody_elses_thing(api: Callable[[User | None], APIClient], owner: User, language: str, words: str) -> None:
    answer = api(owner).get("/api/v1/interviews/123/", headers={"accept-language": language})
    assert (answer.status_code, answer.json()["message"]) == (404, words)


def test_a_bearer_reads_their_own_language(api: Callable[[User | None], APIClient], owner: User) -> None:
    """As on pages: the user's language comes before the client's. The next stranger is not answered in it."""
    User.objects.filter(pk=owner.pk).update(language="ko")
    answer = api(owner).get("/api/v1/interviews/123/", headers={"accept-language": "ru"})
    assert (answer.json()["message"], answer.headers["Content-Language"]) == (NOT_FOUND["ko"], "ko")
    answer = api(None).get("/api/v1/interviews/123/", headers={"accept-language": "ru"})
    assert (answer.json()["message"], answer.headers["Content-Language"]) == (STRANGER["ru"], "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_of_the_sockets_are_translated(language: str) -> None:
    english = {code: str(text) for code, text in SOCKET_ERRORS.items()}
    with translation.override(language):
        assert [code for code, text in SOCKET_ERRORS.items() if str(text) == english[code]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rooms_texts_are_translated(language: str) -> None:
    with translation.override("en"):
        english = room_texts()
    with translation.override(language):
        translated = room_texts()
    assert translated.keys() == english.keys()
    # "1/10" needs no words in Chinese and Korean.
    assert [key for key, text in translated.items() if text == english[key]] == []
    assert [key for key, text in translated.items() if placeholders(text) != placeholders(english[key])] == []


def test_russian_numbers() -> None:
    def words(count: int) -> str:
        one, many = "%(count)d question was not answered", "%(count)d questions were not answered"
        return ngettext(one, many, count) % {"count": count}

    with translation.override("ru"):
        assert [words(count) for count in (1, 2, 5, 11, 21, 104)] == [
            "1 вопрос остался без ответа",
            "2 вопроса остались без ответа",
            "5 вопросов остались без ответа",
            "11 вопросов остались без ответа",
            "21 вопрос остался без ответа",
            "104 вопроса остались без ответа",
        ]
