"""Lists that lie beside the code."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from providers.yaml_files import read_yaml


def test_a_list_is_read_as_utf_8(tmp_path: Path):
    path = tmp_path / "list.yaml"
    path.write_bytes("окно: [窗口, 창]\nsince: 2021-03-01\nyes: 1.5\n".encode())
    assert read_yaml(path) == {"окно": ["窗口", "창"], "since": date(2021, 3, 1), True: 1.5}


def test_a_list_makes_no_objects(tmp_path: Path):
    path = tmp_path / "list.yaml"
    path.write_text("!!python/object/apply:os.getcwd []")
    with pytest.raises(yaml.constructor.ConstructorError):
        read_yaml(path)
