"""The worker's process with a counter that does what the frame says: a number of faces, `die`, `hang`, `babble`."""

import os
import signal
import sys
import time

from proctoring import worker
from proctoring.domain.looking import FrameWorker
from providers.children.beginning import die_with, own_stdout
from providers.vision.base import Box, Face, FaceCounter, FrameReport, VisionCapabilities


class ScriptedCounter(FaceCounter):
    capabilities = VisionCapabilities(name="scripted", local=True)

    def look(self, jpeg: bytes, *, thorough: bool = True) -> FrameReport:
        if jpeg == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if jpeg == b"hang":
            time.sleep(600)
        if jpeg == b"babble":
            print("a library that prints", flush=True)
        faces = tuple(Face(Box(0, 0, 0.1, 0.1), 0.9) for _ in range(int(jpeg) if jpeg.isdigit() else 0))
        return FrameReport(faces, 640, 480, 120.0, blank=False, thorough=thorough)


if __name__ == "__main__":
    die_with(int(sys.argv[-1]))
    worker.serve(FrameWorker(ScriptedCounter()), sys.stdin.buffer, own_stdout())
