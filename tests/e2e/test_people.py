"""Several people and windows at one server: who gets what, in which language, and who is seen."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.candidate import Candidate, candidates, until
from tests.e2e.seed import Guest, guests, recruiter
from tests.server import LiveServer

Start = Callable[..., LiveServer]
TWO_PEOPLE = Path(__file__).parent.parent / "fixtures" / "faces" / "two_people.jpg"
CLOSING = {"zh": "我是爱丽丝。说完了", "ru": "Меня зовут Анна. Это всё", "ko": "저는 앨리스입니다. 이상입니다"}
PROMPT = {"zh": "请开始自我介绍吧", "ru": "Пожалуйста, расскажите о себе.", "ko": "자기소개를 부탁드립니다."}


async def test_the_newest_window_has_the_interview(start_server: Start) -> None:
    server = start_server("--no-children", STT_PROVIDER="none")
    (guest,) = guests(server, 1)
    async with candidates(server, [guest, guest]) as (first, second):
        await first.enter(input="text")
        question = await first.introduce()

        second.told = list(first.told)
        created = await second.enter(input="text")
        assert (created["resumed"], created["state"]["question_number"]) == (True, 1)
        refused = await first.line.next("error")
        assert (refused["code"], refused["retryable"]) == ("superseded", False)
        assert await first.line.closed() == 4409
        await second.answer(question)

        first.told = list(second.told)
        await first.enter(input="text")
        assert await second.line.closed() == 4409
        await first.answer(first.prompt)
        await first.check_nothing_lost_nothing_twice()
        assert await first.said() == [
            "I build services in Python. That's all.",
            "This is my answer number 1.",
            "This is my answer number 2.",
        ]


async def test_what_is_somebody_elses_does_not_exist(start_server: Start) -> None:
    """Whether it belongs to another or to nobody, the answer is the same, and the other does not notice."""
    server = start_server("--no-children", STT_PROVIDER="none")
    async with candidates(server, guests(server, 2)) as (owner, other):
        await owner.enter(input="text")
        question = await owner.introduce()
        nothing = Guest(other.guest.token, 999_999, 999_999)

        await other.call()
        for wrong in (owner.guest, nothing):
            assert await refusal(other, interview_id=wrong.interview) == ("interview_not_found", "interview_id")
            assert await refusal(other, resume_id=wrong.resume) == ("resume_not_found", "resume_id")
            assert await status(other, f"/api/v1/interviews/{wrong.interview}/") == 404
            assert await status(other, f"/api/v1/resume/{wrong.resume}/") == 404
        assert await stranger(owner) == 4401

        await owner.answer(question)
        assert owner.line.code is None
        created = await other.enter(input="text")
        assert created["interview_id"] == str(other.guest.interview)


async def refusal(candidate: Candidate, **ids: int) -> tuple[str, str]:
    await candidate.ask(**{name: str(value) for name, value in ids.items()})
    error = await candidate.line.next("error")
    return error["code"], error["field"]


async def status(candidate: Candidate, path: str) -> int:
    headers = {"Authorization": f"Bearer {candidate.guest.token}"}
    async with candidate.http.get(candidate.server.url + path, headers=headers) as response:
        return response.status


async def stranger(owner: Candidate) -> int | None:
    """How the connection of somebody without a good token ends."""
    async with owner.http.ws_connect(f"{owner.server.ws_url}/ws/webrtc/?token=wrong") as socket:
        assert (await socket.receive_json())["code"] == "unauthenticated"
        await socket.receive()
        return socket.close_code


async def test_where_no_engine_knows_the_language_answers_are_typed(start_server: Start) -> None:
    """PocketSphinx hears English only: the others are told so, and come to the end by writing."""
    server = start_server("--without", "celery", "--without", "proctoring", STT_PROVIDER="pocketsphinx")
    async with candidates(server, guests(server, 4)) as (english, *others):
        assert (await english.enter())["state"]["speech_engine"] == "pocketsphinx"
        for candidate, language in zip(others, CLOSING, strict=True):
            created = await candidate.enter(language=language)
            assert created["state"]["speech_engine"] == ""
            await interviewed_in_writing(candidate, language)


async def interviewed_in_writing(candidate: Candidate, language: str) -> None:
    prompt = await candidate.line.next("interview_message", kind="prompt")
    assert prompt["text"] == PROMPT[language]
    candidate.frames += [bytes(1280)] * 2
    for number in (1, 2):
        await candidate.send_frame(number)
    await candidate.write(CLOSING[language])
    step = await candidate.line.next("interview_message", kind="question")
    while step["kind"] != "task":
        step = await candidate.answer(step)
    await candidate.hand_in(step["task"])
    assert await candidate.line.closed() == 1000
    refused = [message["code"] for message in candidate.line.log if message["type"] == "error"]
    assert refused == ["no_recognition"]


async def test_a_second_person_is_told_of_and_kept_only_with_consent(start_server: Start) -> None:
    server = start_server("--without", "celery", STT_PROVIDER="none")
    reviewer = recruiter(server)
    async with candidates(server, guests(server, 2)) as everybody:
        agreed, _ = everybody
        await consents(agreed, "recording")
        for candidate in everybody:
            await candidate.enter(input="text")
            await show_two_people(candidate)
            told = await candidate.line.next("cheat_detected")
            assert (told["signal"], told["text"]) == (
                "multiple_faces",
                "More than one person is in view, which may be cheating.",
            )
            (event,) = await events(candidate, reviewer)
            assert (event["event_id"], event["detail"]["faces"]) == (told["event_id"], 2)
            assert (event["frame"] is not None) is (candidate is agreed)
        assert await status(agreed, f"/api/v1/interviews/{agreed.guest.interview}/events/") == 404


async def consents(candidate: Candidate, kind: str) -> None:
    headers = {"Authorization": f"Bearer {candidate.guest.token}"}
    wanted = {"kind": kind, "version": "test", "granted": True}
    url = f"{candidate.server.url}/api/v1/consents/"
    async with candidate.http.post(url, headers=headers, json=wanted) as response:
        assert response.status == 201, await response.text()


async def show_two_people(candidate: Candidate) -> None:
    """A frame at a time until somebody speaks of it, as a camera that goes on would."""
    picture = b64encode(TWO_PEOPLE.read_bytes()).decode()

    async def noticed() -> bool:
        await candidate.line.send("video_frame", frame_data=picture)
        return any(message["type"] == "cheat_detected" for message in candidate.line.log)

    await until(noticed, "a signal")


async def events(candidate: Candidate, reviewer: str) -> list[dict[str, Any]]:
    url = f"{candidate.server.url}/api/v1/interviews/{candidate.guest.interview}/events/"
    async with candidate.http.get(url, headers={"Authorization": f"Bearer {reviewer}"}) as response:
        return list((await response.json())["events"])
