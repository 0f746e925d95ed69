"""Asking the interviewer what comes next, and speaking its words while they are written."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Protocol

from interviews.engine import (
    Event,
    PauseSpeaking,
    QuestionReady,
    RequestQuestion,
    ResumeSpeaking,
    SpeakingStarted,
    SpeakingStopped,
    SpeechPaused,
    SpeechWentOn,
    State,
    StopSpeaking,
    answer_so_far,
)
from interviews.live.drafting import Asked, Draft
from interviews.live.effects import Action, OfTheVoice, Speak
from interviews.live.telemetry import Mark, TurnMarks
from interviews.live.voice import Voice

# How long an answer waits for its acknowledgement: what is quicker needs none.
PATIENCE_S = 0.02

# Asks for what follows the answer to the question of this number: `ask(question_number, answer, speculative)`.
Ask = Callable[[int, str, bool], Asked]


class Conversation(Protocol):
    """The session, as its replies see it."""

    marks: TurnMarks
    voice: Voice | None
    state: State

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the conversation."""

    async def happened(self, event: Event) -> None:
        """Take one step of the engine."""


class Replies:
    """One session's replies, one made at a time, and its voice."""

    def __init__(
        self,
        conversation: Conversation,
        ask: Ask,
        acknowledgements: Sequence[str] = (),
        *,
        ahead: bool = False,
        upcoming: Callable[[], Awaitable[str]] | None = None,
    ) -> None:
        """Each of the `acknowledgements` is said in its turn, where one is needed. `ahead`: ask in pauses already.

        `upcoming()` is the question that is likely to come next, or empty.
        """
        self._conversation = conversation
        self._ask = ask
        self._lines = acknowledgements
        self._said = 0
        self._acknowledged = ""  # the last acknowledgement
        self._thinks_ahead = ahead
        self._upcoming = upcoming
        self._ahead: Draft | None = None
        self._asking = ""  # the utterance that is being written
        if conversation.voice is not None:
            conversation.voice.on_sent = self._sent

    async def carry_out(self, action: OfTheVoice) -> None:
        """Without a voice there is nothing to do."""
        voice = self._conversation.voice
        if voice is None:
            return
        match action:
            case Speak(utterance_id, text):
                voice.say(utterance_id, text)
            case PauseSpeaking():
                await voice.pause()
            case ResumeSpeaking():
                await voice.resume()
            case StopSpeaking():
                await voice.stop()

    def foresee(self, actions: Sequence[Action]) -> None:
        """A step that leads to these is about to be stored, which takes as long as all the rest.

        What stands in no record need not wait for that: the interviewer is asked, and the answer acknowledged. But of a
        question that the step itself cuts short the interviewer has to know how much was heard.
        """
        request = next((action for action in actions if isinstance(action, RequestQuestion)), None)
        if request is None or not self._may_think_ahead or any(isinstance(action, OfTheVoice) for action in actions):
            return
        ahead = self._ahead
        draft = self._ahead = self._draft(request)
        if draft is not ahead:
            self._conversation.spawn(self._acknowledge_unless_begun(draft, request))
        elif not draft.has_begun:  # it was asked for in the pause: what comes at once would be there
            self._acknowledge(request)

    async def reply(self, request: RequestQuestion) -> None:
        """Ask, speak what comes as it comes, and tell the engine the whole. Raises what asking raises."""
        draft, self._ahead = self._draft(request), None
        utterance_id = self._asking = request.utterance_id
        voice = self._conversation.voice if utterance_id else None
        try:
            await self._acknowledge_unless_begun(draft, request)
            await self._speak(draft, utterance_id, voice)
            decided, text = draft.decided, draft.text
            await self._conversation.happened(
                QuestionReady(request.effect_id, text, decided.kind or "question", decided.key)
            )
            self._conversation.spawn(self.prepare())
        finally:
            self._asking = ""
            draft.cancel()
            if voice is not None:
                await self._drop(voice, utterance_id)

    def _sent(self, utterance_id: str, index: int, _pcm: bytes) -> None:
        if index:
            return
        prompt = self._conversation.state.prompt
        asked = utterance_id == self._asking or (prompt is not None and utterance_id == prompt.utterance_id)
        self._conversation.marks.mark(Mark.QUESTION_AUDIO if asked else Mark.FIRST_AUDIO)
        if utterance_id == self._asking:
            self._conversation.spawn(self._conversation.happened(SpeakingStarted(utterance_id)))

    async def _drop(self, voice: Voice, utterance_id: str) -> None:
        """Nothing is left to drop of what the interview goes on with, unless it was cut while it was written."""
        cut = await voice.drop(utterance_id)
        if cut is not None:
            await self._conversation.happened(SpeakingStopped(cut.utterance_id, cut.heard_text))

    async def prepare(self) -> None:
        """Make into sound beforehand, where that takes a while, what comes again and what is likely to come next."""
        voice = self._conversation.voice
        if voice is None or not voice.prepared.pays:
            return
        await voice.prepared.lines(self._lines)
        if self._upcoming is not None and not self._thinks_ahead:  # what a model will write nobody knows
            await voice.prepared.next(await self._upcoming())

    def follow(self, event: Event) -> None:
        """Think ahead in the speaker's pauses."""
        state = self._conversation.state
        if not self._may_think_ahead:
            return
        if isinstance(event, SpeechPaused):
            self._think_ahead(state.question_number, answer_so_far(state, event.text))
        elif isinstance(event, SpeechWentOn):
            self._drop_draft()

    def close(self) -> None:
        self._drop_draft()

    @property
    def _may_think_ahead(self) -> bool:
        """Whether what is stored up to now is all that a reply to this answer depends on beside it."""
        state = self._conversation.state
        return self._thinks_ahead and state.questioning and state.prompt is not None

    def _think_ahead(self, question_number: int, answer: str) -> None:
        """Ask as if `answer` were all of it."""
        if answer and (self._ahead is None or self._ahead.to != (question_number, answer)):
            self._drop_draft()
            self._ahead = Draft(question_number, answer, self._ask(question_number, answer, True))

    def _drop_draft(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
            self._ahead = None

    def _draft(self, request: RequestQuestion) -> Draft:
        """The one that was thought ahead, if it answers the very same."""
        asked = number, answer = request.question_number, request.answer
        if self._ahead is not None and self._ahead.to == asked and not self._ahead.failed:
            return self._ahead
        self._drop_draft()
        return Draft(number, answer, self._ask(number, answer, False))

    async def _acknowledge_unless_begun(self, draft: Draft, request: RequestQuestion) -> None:
        if not await draft.begun(PATIENCE_S):
            self._acknowledge(request)

    def _acknowledge(self, request: RequestQuestion) -> None:
        """Say a word or two, once, unless something else is being said."""
        voice, utterance_id = self._conversation.voice, f"{request.utterance_id}.ack"
        if voice is None or voice.speaking or not request.answer or not self._lines:
            return
        if utterance_id != self._acknowledged:
            voice.say(utterance_id, self._lines[self._said % len(self._lines)])
            self._acknowledged = utterance_id
            self._said += 1

    async def _speak(self, draft: Draft, utterance_id: str, voice: Voice | None) -> None:
        spoken = voice.open(utterance_id) if voice is not None else None
        begun = False
        async for piece in draft.pieces():
            if not begun:
                begun = True
                self._conversation.marks.mark(Mark.FIRST_TOKEN, draft.begun_at)
            if spoken is not None:
                spoken.write(piece)
        if spoken is not None and spoken.text:
            spoken.end()
