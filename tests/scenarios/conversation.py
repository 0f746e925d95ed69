"""Runs a scenario: the real socket and session, a candidate as the file has it, and virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from rest_framework_simplejwt.tokens import AccessToken

from interviews.models import Interview
from tests.scenarios import sound
from tests.scenarios.boxes import LANGUAGE, sandbox
from tests.scenarios.browser import Browser
from tests.scenarios.happenings import describe, fits, is_said
from tests.scenarios.log import Log
from tests.scenarios.providers import ScenarioEngines
from tests.scenarios.schema import Happening, Moods, Scenario, Step

LONGEST_SPEECH_S = 300
SOON_S = 0.02
ROUNDING_S = 0.001
UNNOTICED = {"expect", "providers", "echo"}  # the interviewer cannot know that anything was done


class Broken(AssertionError):
    """The conversation went another way than its scenario says."""


class Conversation:
    """One scenario being played. `log` and the stored interview are what its end is judged by."""

    def __init__(self, name: str, scenario: Scenario, interview: Interview) -> None:
        self.log = Log()
        self.interview = interview
        self._name = name
        self._scenario = scenario
        self._token = str(AccessToken.for_user(interview.owner))
        box = sandbox(scenario.sandbox, scenario.task)
        self._engines = ScenarioEngines(sound.Vocabulary(), scenario.providers, scenario.model, box)
        self._browsers: list[Browser] = []
        self._acted_at = 0.0

    async def play(self) -> None:
        """Raises Broken, which says where."""
        try:
            await self._take_over(self._scenario.steps[0], True)
            await asyncio.sleep(SOON_S)  # the greeting is there before anything is done
            for step in self._scenario.steps:
                await self._do(step)
        finally:
            for browser in self._browsers:
                await browser.close()

    @property
    def browser(self) -> Browser:
        """The one at which the candidate sits now."""
        return self._browsers[-1]

    async def _do(self, step: Step) -> None:
        value = getattr(step, step.verb)
        acts = step.verb not in UNNOTICED
        if acts:
            self.log.note(f"{step.verb}: {value}")
            self.log.pass_by()
        await self._VERBS[step.verb](self, step, value)
        if acts:
            self._acted_at = self.log.now

    # --- what takes time -------------------------------------------------------------------------------------------

    async def _say(self, step: Step, text: str) -> None:
        if not step.interrupting:
            await self._listen(step, True)
        ms = round(step.lasting * 1000) if step.lasting else None
        pcm = self._engines.vocabulary.sound(text, heard_as=step.heard_as, ms=ms)
        await self._spend(step, self.browser.microphone.say(pcm))

    async def _noise(self, step: Step, length: float) -> None:
        if not step.interrupting:
            await self._listen(step, True)
        await self._spend(step, self.browser.microphone.say(sound.noise(round(length * 1000))))

    async def _wait(self, step: Step, length: float) -> None:
        await self._spend(step, asyncio.sleep(length))

    async def _spend(self, step: Step, pastime: Awaitable[None]) -> None:
        """While the candidate speaks or thinks, the interviewer says nothing but what the step foresees."""
        first, self._acted_at = len(self.log.entries), self.log.now
        meanwhile = asyncio.ensure_future(self._meanwhile(step))
        await pastime
        last = len(self.log.entries)
        await meanwhile
        for number in range(first, last):
            message = self.log.entries[number][1]
            if is_said(message) and number not in self.log.met and not step.whatever_comes:
                raise self._broken(step, f"the interviewer spoke meanwhile: {message['text']!r}")

    async def _meanwhile(self, step: Step) -> None:
        for other in step.meanwhile:
            await self._do(other)

    async def _listen(self, step: Step, _value: object) -> None:
        """Until the interviewer has nothing more to say."""
        until = self.log.now + LONGEST_SPEECH_S
        await asyncio.sleep(SOON_S)
        while self.browser.is_spoken_to:
            if self.log.now > until:
                raise self._broken(step, "the interviewer's voice never ends")
            await asyncio.sleep(SOON_S)

    async def _expect(self, step: Step, what: Happening) -> None:
        due = self._acted_at + step.within
        try:
            at = await self.log.next(lambda message: fits(message, what, self._scenario.language), due + ROUNDING_S)
        except TimeoutError:
            raise self._broken(step, f"within {step.within:g} s did not come: {describe(what)}") from None
        if step.after and at < self._acted_at + step.after:
            came = at - self._acted_at
            raise self._broken(step, f"came after {came:.2f} s, {step.after:g} s too soon: {describe(what)}")

    # --- what is done at once --------------------------------------------------------------------------------------

    async def _write(self, _step: Step, text: str) -> None:
        self.browser.send("text_answer", text=text)

    async def _press(self, _step: Step, action: str) -> None:
        self.browser.send("control", action=action)

    async def _code(self, _step: Step, text: str) -> None:
        """All of it at once, into an editor that was emptied."""
        events = [{"t_ms": 0, "changes": [[0, *text.split("\n")]]}]
        self.browser.send("editor_events", task_id=self._scenario.task, base_seq=0, events=events, language=LANGUAGE)

    async def _run(self, _step: Step, source: str) -> None:
        self._hand_over("code_run", source)

    async def _submit(self, _step: Step, source: str) -> None:
        self._hand_over("code_submit", source)

    def _hand_over(self, kind: str, source: str) -> None:
        self.browser.send(kind, task_id=self._scenario.task, language=LANGUAGE, source=source)

    async def _lose_connection(self, _step: Step, _value: object) -> None:
        await self.browser.lose_connection()

    async def _reconnect(self, _step: Step, _value: object) -> None:
        scenario, interview = self._scenario, self.interview
        await self.browser.open(interview, audio=scenario.audio, input=scenario.input)

    async def _take_over(self, step: Step, value: object) -> None:
        """Another browser, which knows nothing of the one before."""
        if self._browsers:
            self.browser.microphone.close()
        reports = self._scenario.reports_playback
        self._browsers.append(Browser(self._engines, self.log, self._token, reports_playback=reports))
        await self._reconnect(step, value)
        if self._scenario.input == "voice":
            self.browser.microphone.start()

    async def _reading(self, _step: Step, value: bool) -> None:
        self.browser.read(value)

    async def _echo(self, _step: Step, value: bool) -> None:
        self.browser.microphone.echo = value

    async def _providers(self, _step: Step, moods: Moods) -> None:
        self._engines.moods = moods

    def _broken(self, step: Step, what: str) -> Broken:
        return Broken(f"{self._name}:{step.line}: {what}\n\n{self.log.text}")

    _VERBS: ClassVar[dict[str, Callable[..., Awaitable[None]]]] = {
        "say": _say,
        "noise": _noise,
        "wait": _wait,
        "listen": _listen,
        "expect": _expect,
        "write": _write,
        "press": _press,
        "lose_connection": _lose_connection,
        "reconnect": _reconnect,
        "take_over": _take_over,
        "reading": _reading,
        "echo": _echo,
        "providers": _providers,
        "code": _code,
        "run": _run,
        "submit": _submit,
    }
