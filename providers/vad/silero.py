"""Silero VAD v6 (MIT), from the ONNX file that faster-whisper's package carries."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from providers.base import UnavailableError
from providers.vad.base import WINDOW_SAMPLES, VoiceActivity

# The model wants each window preceded by the last samples of the one before it.
CONTEXT_SAMPLES = 64
_STATE_SHAPE = (1, 1, 128)
_SCALE = np.float32(1 / 32768)
# Of the recurrent state, a window of silence. Left alone it drifts for as long as nobody speaks: after ten seconds the
# model needs up to 0.6 s of speech to come back, and the first word of an answer is lost.
_FADE = np.float32(0.95)
# No speech: a sample of at most this, -60 dB below full scale. Browsers that suppress noise send such silence.
_QUIET = 32
_SETTLED = 100  # windows of silence, after which one more changes nothing
_Array = np.ndarray[Any, Any]


class SileroVad(VoiceActivity):
    """Inline and on one thread: a window takes less time than a hand-over to an executor would.

    Inputs and outputs are bound once to buffers that live as long as the object, which saves a seventh of `run`'s time.
    The recurrent state goes to and fro between two buffers, so that no input is also an output.
    """

    def __init__(self) -> None:
        session = _session()
        self._run = session.run_with_iobinding
        self._input = np.zeros((1, CONTEXT_SAMPLES + WINDOW_SAMPLES), dtype=np.float32)
        self._context = self._input[0, :CONTEXT_SAMPLES]
        self._window = self._input[0, CONTEXT_SAMPLES:]
        self._tail = self._input[0, WINDOW_SAMPLES:]
        self._found = np.zeros(1, dtype=np.float32)
        self._states = np.zeros((4, *_STATE_SHAPE), dtype=np.float32)
        first, second = list(self._states[:2]), list(self._states[2:])
        self._binding = self._bind(session, first, second)
        self._other = self._bind(session, second, first)

    def probability(self, window: bytes | bytearray | memoryview) -> float:
        self._context[:] = self._tail
        np.multiply(np.frombuffer(window, dtype="<i2"), _SCALE, out=self._window)
        self._run(self._binding)
        self._binding, self._other = self._other, self._binding
        return float(self._found[0])

    def idle(self, window: bytes | bytearray | memoryview) -> float:
        self._states *= _FADE
        samples = np.frombuffer(window, dtype="<i2")
        if samples.max() > _QUIET or samples.min() < -_QUIET:
            return self.probability(window)
        self._states[:] = _after_silence()
        np.multiply(samples[-CONTEXT_SAMPLES:], _SCALE, out=self._tail)
        return 0.0

    def reset(self) -> None:
        self._states[:] = 0
        self._input[:] = 0

    def _bind(
        self, session: onnxruntime.InferenceSession, old: list[_Array], new: list[_Array]
    ) -> onnxruntime.IOBinding:
        binding = session.io_binding()
        for name, array in zip(("input", "h", "c"), (self._input, *old), strict=True):
            binding.bind_input(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)
        for name, array in zip(("speech_probs", "hn", "cn"), (self._found, *new), strict=True):
            binding.bind_output(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)
        return binding


@cache
def _session() -> onnxruntime.InferenceSession:
    """One for the process: it keeps no state, and the model is loaded once."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model_path(), options, providers=["CPUExecutionProvider"])


@cache
def _after_silence() -> _Array:
    """The recurrent state that silence leads to, from which the model notices speech sooner than from none."""
    vad, silence = SileroVad(), bytes(2 * WINDOW_SAMPLES)
    for _ in range(_SETTLED):
        vad._states *= _FADE
        vad.probability(silence)
    newest = vad._states[:2]  # as after every even number of windows
    return np.concatenate([newest, newest])


def is_loaded() -> bool:
    """Whether this process has used the model."""
    return _session.cache_info().currsize > 0


def model_path() -> Path:
    """Where the model lies; found without importing faster-whisper, which would load CTranslate2 too."""
    spec = find_spec("faster_whisper")
    if spec is None or not spec.submodule_search_locations:
        raise UnavailableError("The VAD's model is missing: install the faster-whisper package.")
    return Path(spec.submodule_search_locations[0]) / "assets" / "silero_vad_v6.onnx"
