"""How long a bucket may keep who waits for it."""

from typing import Any

CONNECT_S = 5
READ_S = 20  # without a byte
TRIES = 2


def patience() -> dict[str, Any]:
    """Options of the storage. A bucket that says nothing any more ends a download after about two minutes.

    With the library's own (60 s, five tries, each tried five times) that would end with the task that waits for it.
    """
    from boto3.s3.transfer import TransferConfig  # only where files are in a bucket
    from botocore.config import Config

    retries = {"total_max_attempts": TRIES}
    return {
        "client_config": Config(connect_timeout=CONNECT_S, read_timeout=READ_S, retries=retries),
        "transfer_config": TransferConfig(num_download_attempts=TRIES),
    }
