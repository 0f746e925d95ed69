from tests.interviews.live.fixtures import call, interview, reload, resume
from tests.interviews.live.virtual_time import layer_in_memory, pytest_asyncio_loop_factories

__all__ = ["call", "interview", "layer_in_memory", "pytest_asyncio_loop_factories", "reload", "resume"]
