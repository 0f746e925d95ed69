"""What the server does before the first interview needs it."""

from config.serve import hooks
from interviews.coding import tasks
from interviews.live import service


async def test_the_bank_is_read_when_the_server_starts() -> None:
    tasks.bank.cache_clear()
    assert service.prepare_tasks in hooks.on_ready
    await service.prepare_tasks()
    assert tasks.bank.cache_info().currsize == 1
