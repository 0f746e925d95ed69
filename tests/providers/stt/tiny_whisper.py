"""A tiny English-only Whisper that says the same two words to everything, in CTranslate2's format.

Everything but the weights is real: faster-whisper loads it, computes the spectrogram, encodes, searches, decodes with
the tokenizer. All attention and feed-forward weights are zero, so that what the decoder says depends on the position
alone: its position table and its output matrix spell `<|0.00|> hello world <|1.00|> <|endoftext|>`.
"""

from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import WhisperSpec
from tokenizers import AddedToken, Tokenizer, decoders, models

SIZE, MELS, LAYERS, HEADS = 32, 80, 1, 2
FRAMES, LONGEST = 1500, 448
TEXT = ["<unk>", "Ġhello", "Ġworld"]
NAMES = ("endoftext", "startoftranscript", "en", "translate", "transcribe", "startoflm", "startofprev", "nospeech")
SPECIAL = [*(f"<|{name}|>" for name in NAMES), "<|notimestamps|>"]
TIMES = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
VOCABULARY = TEXT + SPECIAL + TIMES
# An English-only model's prompt is one token, at position 0; what is said there is chosen by the vector's dimension 0.
SAYS = ("<|0.00|>", "Ġhello", "Ġworld", "<|1.00|>", "<|endoftext|>")


def write(folder: Path) -> Path:
    """Write the model into `folder`, which is made, and return it."""
    folder.mkdir(parents=True)
    spec = WhisperSpec(LAYERS, HEADS, LAYERS, HEADS)
    _encoder(spec.encoder)
    _decoder(spec.decoder)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [VOCABULARY.index("<|en|>")]
    spec.config.alignment_heads = [(0, 0)]
    spec.register_vocabulary(VOCABULARY)
    spec.validate()
    spec.optimize()
    spec.save(str(folder))
    _tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def _zeros(*shape: int) -> np.ndarray[Any, Any]:
    return np.zeros(shape, dtype=np.float32)


def _encoder(encoder: Any) -> None:
    encoder.conv1.weight, encoder.conv1.bias = _zeros(SIZE, MELS, 3), _zeros(SIZE)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(SIZE, SIZE, 3), _zeros(SIZE)
    encoder.position_encodings.encodings = _zeros(FRAMES, SIZE)
    _norm(encoder.layer_norm)
    for layer in encoder.layer:
        _attention(layer.self_attention, (3 * SIZE, SIZE))
        _feed_forward(layer.ffn)


def _decoder(decoder: Any) -> None:
    positions, projection = _zeros(LONGEST, SIZE), _zeros(len(VOCABULARY), SIZE)
    for position, token in enumerate(SAYS):
        positions[position, position] = 10.0
        projection[VOCABULARY.index(token), position] = 4.0
    decoder.embeddings.weight = _zeros(len(VOCABULARY), SIZE)
    decoder.position_encodings.encodings = positions
    decoder.projection.weight = projection
    _norm(decoder.layer_norm)
    for layer in decoder.layer:
        _attention(layer.self_attention, (3 * SIZE, SIZE))
        _attention(layer.attention, (SIZE, 2 * SIZE, SIZE))
        _feed_forward(layer.ffn)


def _norm(spec: Any) -> None:
    spec.gamma, spec.beta = np.ones(SIZE, dtype=np.float32), _zeros(SIZE)


def _attention(spec: Any, sizes: tuple[int, ...]) -> None:
    _norm(spec.layer_norm)
    for linear, size in zip(spec.linear, sizes, strict=True):
        linear.weight, linear.bias = _zeros(size, SIZE), _zeros(size)


def _feed_forward(spec: Any) -> None:
    _norm(spec.layer_norm)
    spec.linear_0.weight, spec.linear_0.bias = _zeros(4 * SIZE, SIZE), _zeros(4 * SIZE)
    spec.linear_1.weight, spec.linear_1.bias = _zeros(SIZE, 4 * SIZE), _zeros(SIZE)


def _tokenizer() -> Tokenizer:
    words = {token: number for number, token in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer
