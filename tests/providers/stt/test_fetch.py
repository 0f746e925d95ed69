"""Where Whisper models are looked for, and what happens when they cannot be fetched."""

import pytest

from providers.stt import fetch


def model_in(folder):
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_text("{}")
    return folder


def test_a_model_is_found_in_its_folder(tmp_path):
    folder = model_in(tmp_path / "whisper-base")
    assert fetch.find_model("base", tmp_path) == folder
    assert fetch.find_model("small", tmp_path) is None


def test_a_model_may_be_named_by_its_path(tmp_path):
    folder = model_in(tmp_path / "anywhere")
    assert fetch.find_model(str(folder), tmp_path / "cache") == folder


@pytest.mark.parametrize(
    ("name", "stored"), [("base", "Systran--faster-whisper-base"), ("owner/model", "owner--model")]
)
def test_the_hubs_own_cache_is_understood(tmp_path, name, stored):
    folder = model_in(tmp_path / f"models--{stored}" / "snapshots" / "abc")
    assert fetch.find_model(name, tmp_path) == folder


def test_half_a_model_is_none(tmp_path):
    (model_in(tmp_path / "whisper-base") / "tokenizer.json").unlink()
    assert fetch.find_model("base", tmp_path) is None


async def test_what_is_there_is_not_fetched(tmp_path):
    model_in(tmp_path / "whisper-base")
    assert await fetch.fetch("base", tmp_path)
    assert fetch.news("base", tmp_path) == ""


async def test_an_unknown_model_is_named_as_such(tmp_path):
    assert not await fetch.fetch("enormous", tmp_path)
    assert fetch.news("enormous", tmp_path) == "there is no model of that name"


async def test_a_hub_that_cannot_be_reached_is_no_error(tmp_path, monkeypatch, closed_port):
    monkeypatch.setenv("HF_ENDPOINT", closed_port)
    assert not await fetch.fetch("tiny", tmp_path)
    assert fetch.news("tiny", tmp_path) == "the model hub cannot be reached"
    assert fetch.find_model("tiny", tmp_path) is None


async def test_fetching_that_takes_too_long_is_ended(tmp_path):
    assert not await fetch.fetch("tiny", tmp_path, timeout_s=0.05)
    assert fetch.news("tiny", tmp_path) == "it took too long"
