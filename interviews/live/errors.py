"""The error codes of the sockets, what a person reads for each, and whether trying again helps."""

from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext_lazy as _


class ErrorCode(StrEnum):
    """`error.code` of the protocol. Stable: clients branch on it."""

    BAD_JSON = "bad_json"
    UNKNOWN_TYPE = "unknown_type"
    INVALID = "invalid"
    BAD_BASE64 = "bad_base64"
    BAD_SIZE = "bad_size"
    BAD_IMAGE = "bad_image"
    BAD_AUDIO = "bad_audio"
    UNAUTHENTICATED = "unauthenticated"
    INTERVIEW_NOT_FOUND = "interview_not_found"
    RESUME_NOT_FOUND = "resume_not_found"
    RESUME_NOT_READY = "resume_not_ready"
    RESUME_MISMATCH = "resume_mismatch"
    NO_STREAM = "no_stream"
    STREAM_EXISTS = "stream_exists"
    NOT_NOW = "not_now"
    ANSWER_FULL = "answer_full"
    UNKNOWN_TASK = "unknown_task"
    EDITOR_GAP = "editor_gap"
    RUN_UNDER_WAY = "run_under_way"
    RUNS_WAIT = "runs_wait"
    TOO_MANY_RUNS = "too_many_runs"
    NO_RECOGNITION = "no_recognition"
    RECOGNITION_FAILED = "recognition_failed"
    VOICE_FAILED = "voice_failed"
    SUPERSEDED = "superseded"
    TOO_FAST = "too_fast"
    TOO_MANY_ERRORS = "too_many_errors"
    INTERNAL = "internal"


TEXTS = {
    ErrorCode.BAD_JSON: _("The message is not valid JSON."),
    ErrorCode.UNKNOWN_TYPE: _("The message's type is unknown."),
    ErrorCode.INVALID: _("A field of the message is missing or has a wrong value."),
    ErrorCode.BAD_BASE64: _("The data is not valid base64."),
    ErrorCode.BAD_SIZE: _("The data has a wrong size."),
    ErrorCode.BAD_IMAGE: _("The camera frame must be a JPEG of at most 1920×1080 pixels."),
    ErrorCode.BAD_AUDIO: _("The sound cannot be read: send WebM with Opus as browsers record it, from its beginning."),
    ErrorCode.UNAUTHENTICATED: _("Sign in first: the access token is missing, wrong or expired."),
    ErrorCode.INTERVIEW_NOT_FOUND: _("There is no such interview of yours."),
    ErrorCode.RESUME_NOT_FOUND: _("There is no such resume of yours."),
    ErrorCode.RESUME_NOT_READY: _("The resume has not been read yet. Try again in a moment."),
    ErrorCode.RESUME_MISMATCH: _("This interview was begun with another resume."),
    ErrorCode.NO_STREAM: _("Create the stream first."),
    ErrorCode.STREAM_EXISTS: _("This connection already has a stream."),
    ErrorCode.NOT_NOW: _("This is not possible at this point of the interview."),
    ErrorCode.ANSWER_FULL: _("This answer is as long as an answer may be. Finish it to go on."),
    ErrorCode.UNKNOWN_TASK: _("This is not the interview's task."),
    ErrorCode.EDITOR_GAP: _("Some changes of the editor are missing. Send them again from the acknowledged one."),
    ErrorCode.RUN_UNDER_WAY: _("Your program is still running. Wait for its result."),
    ErrorCode.RUNS_WAIT: _("Many programs are waiting to be run. Try again in a moment."),
    ErrorCode.TOO_MANY_RUNS: _("That were many runs. Wait a minute, then run it again."),
    ErrorCode.NO_RECOGNITION: _("Speech recognition is not available for this language. Please type your answers."),
    ErrorCode.RECOGNITION_FAILED: _("Your words could not be recognised. Please say them again, or type them."),
    ErrorCode.VOICE_FAILED: _("The interviewer's voice failed. Please read the text."),
    ErrorCode.SUPERSEDED: _("The interview goes on in another window or on another device."),
    ErrorCode.TOO_FAST: _("Audio is coming too fast."),
    ErrorCode.TOO_MANY_ERRORS: _("Too many wrong messages: the connection is closed."),
    ErrorCode.INTERNAL: _("Something went wrong on our side. Please try again."),
}

# What to do where the reason does not pass: trying again is of no use then.
FOR_GOOD = {
    ErrorCode.TOO_MANY_RUNS: _("All runs of this interview are used up. You can go on writing, and hand your code in."),
}

RETRYABLE = frozenset(
    {
        ErrorCode.RESUME_NOT_READY,
        ErrorCode.EDITOR_GAP,
        ErrorCode.RUN_UNDER_WAY,
        ErrorCode.RUNS_WAIT,
        ErrorCode.TOO_MANY_RUNS,
        ErrorCode.RECOGNITION_FAILED,
        ErrorCode.TOO_FAST,
        ErrorCode.INTERNAL,
    }
)

# Not the client's doing: they do not count towards the errors that close a connection.
NOT_THE_CLIENTS = frozenset(
    {
        ErrorCode.NO_RECOGNITION,
        ErrorCode.RECOGNITION_FAILED,
        ErrorCode.VOICE_FAILED,
        ErrorCode.RUN_UNDER_WAY,
        ErrorCode.RUNS_WAIT,
        ErrorCode.TOO_MANY_RUNS,
        ErrorCode.SUPERSEDED,
        ErrorCode.INTERNAL,
    }
)


class LiveError(Exception):
    """What a client asked for cannot be done; it is told so, and the connection lives on.

    `for_good`: nor will it be later, though that is so of others with this code (`FOR_GOOD`).
    """

    def __init__(self, code: ErrorCode, field: str = "", *, for_good: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.for_good = for_good

    @property
    def retryable(self) -> bool:
        return self.code in RETRYABLE and not self.for_good

    def text(self, language: str) -> str:
        """In `language` (a code of `settings.LANGUAGES`)."""
        with translation.override(language):
            return str(FOR_GOOD[self.code] if self.for_good else TEXTS[self.code])
