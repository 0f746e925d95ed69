"""Which engines this installation has, and the transcription of a file."""

import threading
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.domain import languages
from config.api import LanguageField
from config.errors import NotConfigured, TooLarge, Unavailable, Unprocessable
from interviews.api.common import visible_interview
from interviews.coding import sandboxes
from interviews.live.engines import interviewer_status, speech_settings
from proctoring.domain import frames
from providers import factory
from providers.base import BadInputError, ProviderError

if TYPE_CHECKING:
    from providers.stt.files import FileTranscript

MOST_SECONDS = 600
MOST_BYTES = 25 * 1024 * 1024
# One file at a time is listened to: interviews, which wait for the same recognisers, are not to be slowed.
_ears = threading.BoundedSemaphore(1)
PATIENCE_S = 30.0


class ModelSerializer(serializers.Serializer[Any]):
    provider = serializers.CharField()
    loaded = serializers.BooleanField()
    ready = serializers.BooleanField()
    detail = serializers.CharField()


class ModelsStatusSerializer(serializers.Serializer[Any]):
    models = serializers.DictField(child=ModelSerializer())


class TranscribeSerializer(serializers.Serializer[Any]):
    audio_file = serializers.FileField()
    language = LanguageField(required=False)
    session_id = serializers.CharField(required=False, max_length=100)


class SegmentSerializer(serializers.Serializer[Any]):
    start = serializers.FloatField(help_text="Seconds")
    end = serializers.FloatField(help_text="Seconds")
    text = serializers.CharField()


class TranscriptSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    language = serializers.CharField()
    segments = SegmentSerializer(many=True)
    confidence = serializers.FloatField(allow_null=True)


class ModelsStatusView(APIView):
    @extend_schema(responses=ModelsStatusSerializer)
    def get(self, request: Request) -> Response:
        speech = factory.status(speech_settings())
        others = {"interviewer": interviewer_status(), "proctoring": frames.status(), "sandbox": sandboxes.status()}
        return Response({"models": {**speech, **others}})


class TranscribeView(APIView):
    """The text of a recording in any container, up to ten minutes and 25 MB."""

    parser_classes = (MultiPartParser,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "upload"

    @extend_schema(request=TranscribeSerializer, responses=TranscriptSerializer)
    def post(self, request: Request) -> Response:
        serializer = TranscribeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(serializer.validated_data)
        language = values.get("language") or settings.DEFAULT_LANGUAGE
        if session_id := values.get("session_id"):
            session = visible_interview(request, session_id)
            language = values.get("language") or session.language
        found = transcribe_in_turn(values["audio_file"], languages.normalise(language))
        return Response(TranscriptSerializer(found).data)


def transcribe_in_turn(upload: UploadedFile[Any], language: str) -> "FileTranscript":
    """`transcribe`, once the files before are done. Raises the API's errors."""
    if not _ears.acquire(timeout=PATIENCE_S):
        raise Unavailable(_("Other recordings are being listened to. Try again in a minute."), code="busy")
    try:
        return transcribe(upload, language)
    finally:
        _ears.release()


def transcribe(upload: UploadedFile[Any], language: str) -> "FileTranscript":
    """Recognised by the installation's engines. Raises the API's errors."""
    # Media libraries take a while to load, and no other call needs them.
    from providers.stt.files import FileLimits, transcribe_file

    if (upload.size or 0) > MOST_BYTES:
        raise TooLarge(_("The file is larger than 25 MB: send a shorter one."))
    engine = factory.build_stt(speech_settings(), language)
    if engine is None:
        raise NotConfigured(_("There is no speech recognition for this language on this installation."))
    try:
        limits = FileLimits(seconds=MOST_SECONDS, size=MOST_BYTES)
        return async_to_sync(transcribe_file)(cast("BinaryIO", upload.file), language, engine, limits=limits)
    except BadInputError as error:
        raise refusal(error) from error
    except ProviderError as error:
        raise NotConfigured(
            _("Speech recognition failed. Try again in a moment."), code="recognition_failed"
        ) from error


def refusal(error: BadInputError) -> APIException:
    """What is wrong with the file, and what to do."""
    match error.code:
        case "too_large" | "too_long":
            return TooLarge(_("The recording is too long: send ten minutes and 25 MB at most."), code=error.code)
        case "empty":
            return ParseError(_("The file is empty: record it again."), code=error.code)
    return Unprocessable(
        _("The file cannot be read as sound: send WAV, MP3, M4A, OGG or WebM with sound."), code=error.code
    )
