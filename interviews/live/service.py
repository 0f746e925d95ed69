"""What the server does for live sessions beside their sockets. `InterviewsConfig.ready` registers it."""

import asyncio
import gc
import sys

from config.serve import hooks, status

SWITCH_S = 0.0005
YOUNG_OBJECTS = 20_000
# Speech starts after what `/readyz/` waits for, whose cores it would take; an utterance starts it at once.
PATIENCE_S = 15.0


def register() -> None:
    hooks.on_ready.append(deliver_mail)
    hooks.on_ready.append(prepare_speech)
    hooks.on_ready.append(prepare_interviewer)
    hooks.on_ready.append(prepare_tasks)
    hooks.on_ready.append(prepare_sandbox)
    hooks.on_ready.append(store_recordings)
    hooks.on_stopping.append(keep_interviews)
    hooks.on_shutdown.append(close)


async def deliver_mail() -> None:
    # Imported late, here and below: commands that serve nothing need none of it.
    from interviews.live import registry, store
    from interviews.live.mailbox import Mailbox

    # The VAD gives up the interpreter lock at every window; a thread that stores a step would keep it 5 ms each time.
    sys.setswitchinterval(SWITCH_S)
    # What the start has made stays. To look through it again and again would hold up every socket 0.1 s each time.
    gc.collect()
    gc.freeze()
    # Nearly all that a frame leaves is free at once; to look for the rest after every few of them took 2% of the time.
    gc.set_threshold(YOUNG_OBJECTS, 5, 2)  # ended sessions, which are cycles, must not gather
    await Mailbox(registry.sessions, store.default()).run()


async def prepare_speech() -> None:
    """Fetch models and start the speech children, so that the first interview does not wait."""
    from interviews.live.engines import speech_settings
    from providers import factory

    if hooks.wanted("speech"):
        await status.settled(PATIENCE_S)
        await factory.prepare(speech_settings())


async def prepare_interviewer() -> None:
    """Load the language model's client, where one is configured: at the first interview it would hold up all others."""
    from interviews.live.engines import interviewer_model

    model = await asyncio.to_thread(interviewer_model)
    if model is not None:
        await model.warm()


async def prepare_tasks() -> None:
    """Read the bank of tasks: at the first task it would hold up the one thread that writes."""
    from interviews.coding import tasks

    await asyncio.to_thread(tasks.bank)


async def prepare_sandbox() -> None:
    """Find what programs can be run in, so that the first task does not wait for it."""
    from interviews.live import running

    await status.settled(PATIENCE_S)
    await running.default().languages()


async def store_recordings() -> None:
    """Make files of what was recorded, and store them, in a child; also what a server that was killed left."""
    from interviews.live import recording

    if hooks.wanted("recording"):
        await recording.store()


async def keep_interviews() -> None:
    """At shutdown: every interview is stored as it is now and its client told, whatever waits in its queues."""
    from interviews.live import registry

    await registry.sessions.close_all()


async def close() -> None:
    """At shutdown, when nobody is connected any more: recordings are whole, the speech children end."""
    from interviews.live import recording, running
    from providers import factory

    await running.close()
    await keep_interviews()  # one that was just being opened
    await recording.close()
    await factory.close()
