"""Speaks `answers.yaml` into FLAC files (16 kHz mono) with Debian's flite: `python -m bench.demo.make_answers`."""

import subprocess
import sys
import tempfile
from pathlib import Path

import av
import yaml

HERE = Path(__file__).parent
RATE = 16_000


def texts() -> list[str]:
    return [" ".join(text.split()) for text in yaml.safe_load((HERE / "answers.yaml").read_text())]


def speak(text: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "answer.wav"
        subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", str(wav)], check=True)
        convert(wav, target)


def convert(wav: Path, target: Path) -> None:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(wav)) as source, av.open(str(target), "w") as sink:
        stream = sink.add_stream("flac", rate=RATE, layout="mono")
        for frame in [*source.decode(audio=0), None]:
            for piece in resampler.resample(frame):
                sink.mux(stream.encode(piece))
        sink.mux(stream.encode(None))


def main() -> None:
    (HERE / "answers").mkdir(exist_ok=True)
    for number, text in enumerate(texts()):
        speak(text, HERE / "answers" / f"{number:02d}.flac")
        sys.stdout.write(f"{number:02d} {text[:70]}…\n")


if __name__ == "__main__":
    main()
