"""No recognition process outlives the server."""

import asyncio
import os
import signal
import subprocess
import sys

from tests.providers.sound import ROOT, until

SERVER = """
import asyncio
from providers.stt import local

async def main():
    engine = local.pocketsphinx(children=2)
    await engine.warm()
    recognition = await engine.open("en")
    recognition.feed(bytes(32_000 * 30))
    print(*engine.pool.pids, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_children_die_with_a_killed_server():
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, cwd=ROOT, text=True) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        server.send_signal(signal.SIGKILL)
    assert len(pids) == 2
    asyncio.run(until(lambda: not any(lives(pid) for pid in pids), seconds=10))
