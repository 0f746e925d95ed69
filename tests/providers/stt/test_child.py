"""The loop inside a child, driven through real pipes with an engine that notes what it is asked to do."""

import os
from threading import Thread

import pytest

from providers.stt.child import SLICE_BYTES, Child
from providers.stt.decoders import Decoder, Decoding, Result
from providers.stt.wire import Kind, Message, Splitter, pack, pack_body


class NotingDecoder(Decoder):
    """Gives out `places` decodings at a time; the language is taken as the utterance's name."""

    def __init__(self, places: int = 9) -> None:
        self.places = places
        self.notes: list[str] = []

    def begin(self, language: str, memory: str) -> Decoding | None:
        if not self.places:
            return None
        self.places -= 1
        return NotingDecoding(self, language)


class NotingDecoding(Decoding):
    def __init__(self, decoder: NotingDecoder, name: str) -> None:
        self.decoder = decoder
        self.name = name
        self.looked = True

    def feed(self, pcm: bytes) -> None:
        if pcm.startswith(b"!!"):
            raise RuntimeError("a decoder that chokes")
        self.decoder.notes.append(f"{self.name} feed")
        self.looked = False

    def partial(self) -> str | None:
        if self.looked:
            return None
        self.looked = True
        self.decoder.notes.append(f"{self.name} partial")
        return f"{self.name} so far"

    def pause(self) -> Result:
        self.decoder.notes.append(f"{self.name} pause")
        return Result(f"{self.name} so far")

    def finish(self) -> Result:
        self.decoder.notes.append(f"{self.name} final")
        self.decoder.places += 1
        return Result(f"{self.name} said", 0.5, [("said", 0, 10, None)], "memory")

    def cancel(self) -> None:
        self.decoder.notes.append(f"{self.name} cancel")
        self.decoder.places += 1


@pytest.fixture
def run():
    """Runs a child on what it is sent, until its input ends; gives back what it answered."""

    def run(decoder: Decoder, *sent: bytes) -> list[Message]:
        source, write = os.pipe()
        read, target = os.pipe()
        os.write(write, b"".join(sent))
        child = Thread(target=lambda: (Child(decoder, source, target).run(), os.close(target)))
        child.start()
        splitter = Splitter()
        found: list[Message] = []
        while data := os.read(read, 65_536):
            found += splitter.feed(data)
            # The pipe is closed only when all is answered, since a child stops where its parent does.
            if write >= 0 and not decoder_is_busy(found, sent):
                os.close(write)
                write = -1
        child.join()
        os.close(source)
        os.close(read)
        return found

    return run


def decoder_is_busy(found: list[Message], sent: tuple[bytes, ...]) -> bool:
    """Whether an utterance still waits for its text, or a pause for the words so far."""
    asked: dict[int, Kind] = {}
    for message in Splitter().feed(b"".join(sent)):
        kind = Kind.FINISH if message.payload == b"!!" else message.kind
        asked[message.utterance] = kind
    ends = {(message.utterance, message.kind) for message in found}
    answers = {Kind.FINISH: (Kind.FINAL, Kind.FAILED), Kind.PAUSE: (Kind.PAUSED,)}
    return any(
        all((number, answer) not in ends for answer in answers[kind])
        for number, kind in asked.items()
        if kind in answers
    )


def opening(number: int, name: str) -> bytes:
    return pack_body(Kind.OPEN, number, language=name, memory="")


def audio(number: int, slices: int = 1) -> bytes:
    return pack(Kind.AUDIO, number, bytes(SLICE_BYTES * slices))


def test_audio_is_taken_in_slices_and_the_final_follows(run):
    decoder = NotingDecoder()
    found = run(decoder, opening(1, "a"), audio(1, 2), pack(Kind.FINISH, 1))
    assert [(message.kind, message.utterance) for message in found] == [
        (Kind.READY, 0),
        (Kind.TAKEN, 1),
        (Kind.TAKEN, 1),
        (Kind.FINAL, 1),
    ]
    assert [message.body for message in found[1:3]] == [{"samples": 1_600}, {"samples": 3_200}]
    assert found[3].body == {"text": "a said", "confidence": 0.5, "memory": "memory", "words": [["said", 0, 10, None]]}


def test_utterances_take_turns_and_partials_wait_for_finals(run):
    decoder = NotingDecoder()
    run(
        decoder,
        *(opening(1, "a"), opening(2, "b"), opening(3, "c")),
        *(audio(1, 3), audio(2, 2), audio(3, 1)),
        *(pack(Kind.FINISH, 1), pack(Kind.FINISH, 2)),
    )
    feeds_and_finals = [note for note in decoder.notes if not note.endswith("partial")]
    assert feeds_and_finals == ["a feed", "b feed", "c feed", "a feed", "b feed", "a feed", "b final", "a final"]
    assert all(not note.endswith("partial") for note in decoder.notes[:8])


def test_the_words_so_far_are_told_when_all_before_them_is_decoded(run):
    decoder = NotingDecoder()
    found = run(decoder, opening(1, "a"), audio(1, 2), pack(Kind.PAUSE, 1), pack(Kind.FINISH, 1))
    assert [note for note in decoder.notes if "partial" not in note] == ["a feed", "a feed", "a final"]
    decoder = NotingDecoder()
    found = run(decoder, opening(1, "a"), audio(1, 2), pack(Kind.PAUSE, 1), opening(2, "b"), pack(Kind.FINISH, 2))
    assert decoder.notes[:4] == ["a feed", "b final", "a feed", "a pause"]
    (paused,) = (message for message in found if message.kind is Kind.PAUSED)
    assert paused.body == {"text": "a so far", "confidence": None, "words": [], "final": False}


def test_audio_after_a_pause_takes_the_question_back(run):
    decoder = NotingDecoder()
    run(decoder, opening(1, "a"), audio(1), pack(Kind.PAUSE, 1), audio(1), pack(Kind.FINISH, 1))
    assert "a pause" not in decoder.notes


def test_with_no_decoder_free_an_utterance_waits_and_loses_nothing(run):
    decoder = NotingDecoder(places=1)
    found = run(
        decoder,
        *(opening(1, "a"), opening(2, "b"), audio(1), audio(2), pack(Kind.FINISH, 2), pack(Kind.FINISH, 1)),
    )
    finals = [message.body["text"] for message in found if message.kind is Kind.FINAL]
    assert finals == ["a said", "b said"]
    assert decoder.notes == ["a feed", "a final", "b feed", "b final"]


def test_a_cancelled_utterance_gives_its_decoder_back(run):
    decoder = NotingDecoder(places=1)
    found = run(decoder, opening(1, "a"), audio(1), pack(Kind.CANCEL, 1), opening(2, "b"), pack(Kind.FINISH, 2))
    assert [message.body["text"] for message in found if message.kind is Kind.FINAL] == ["b said"]
    assert decoder.places == 1


def test_an_utterance_that_chokes_the_decoder_fails_alone(run):
    decoder = NotingDecoder()
    found = run(decoder, opening(1, "a"), opening(2, "b"), pack(Kind.AUDIO, 1, b"!!"), audio(2), pack(Kind.FINISH, 2))
    ends = {message.utterance: message for message in found if message.kind in {Kind.FAILED, Kind.FINAL}}
    assert ends[1].body == {"message": "RuntimeError"}
    assert ends[2].body["text"] == "b said"


def test_messages_for_unknown_utterances_are_ignored(run):
    found = run(NotingDecoder(), audio(8), pack(Kind.CANCEL, 9))
    assert [message.kind for message in found] == [Kind.READY]
