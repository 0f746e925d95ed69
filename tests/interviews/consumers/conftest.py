from tests.interviews.consumers.streaming_world import dial
from tests.interviews.live.fixtures import call, interview, reload, resume
from tests.interviews.live.virtual_time import pytest_asyncio_loop_factories

__all__ = ["call", "dial", "interview", "pytest_asyncio_loop_factories", "reload", "resume"]
