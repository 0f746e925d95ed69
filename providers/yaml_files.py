"""Reads the YAML lists that lie beside the code."""

from pathlib import Path
from typing import Any

import yaml

__all__ = ["Loader", "read_yaml"]

# By libyaml a list is read eleven times faster; PyYAML can be built without it.
try:
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


def read_yaml(path: Path) -> Any:
    """The document in `path`, with plain values only. It is read anew each time: callers keep what they make of it."""
    with path.open("rb") as file:
        return yaml.load(file, Loader=Loader)
