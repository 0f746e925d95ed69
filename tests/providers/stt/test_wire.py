"""The messages between the server and its recognition children."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.stt.wire import HEADER, Kind, Message, Splitter, pack, pack_body

messages = st.lists(
    st.builds(Message, st.sampled_from(Kind), st.integers(0, 2**32 - 1), st.binary(max_size=300)), max_size=8
)


@given(messages=messages, cuts=st.lists(st.integers(1, 400), max_size=40))
def test_messages_are_found_again_however_the_pipe_cuts_them(messages, cuts):
    stream = b"".join(pack(message.kind, message.utterance, message.payload) for message in messages)
    splitter = Splitter()
    found = []
    for size in cuts:
        found += splitter.feed(stream[:size])
        stream = stream[size:]
    found += splitter.feed(stream)
    assert found == messages


def test_a_body_is_json():
    (message,) = Splitter().feed(pack_body(Kind.PARTIAL, 7, text="да"))
    assert (message.kind, message.utterance, message.body) == (Kind.PARTIAL, 7, {"text": "да"})
    assert json.loads(message.payload) == {"text": "да"}


@pytest.mark.parametrize("header", [HEADER.pack(2**31, Kind.AUDIO, 1), HEADER.pack(0, 99, 1)])
def test_nonsense_is_refused(header):
    with pytest.raises(ValueError):
        list(Splitter().feed(header))
