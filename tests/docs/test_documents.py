"""What the documents name exists, and what the code has is named in them."""

import re
from pathlib import Path

import pytest

from config.health import CHECKS
from interviews.consumers.protocol import _TYPES as CLIENT_TYPES
from interviews.engine import Action
from interviews.live import messages
from interviews.live.errors import NOT_THE_CLIENTS, RETRYABLE, ErrorCode
from interviews.live.messages import Message, Numbered
from proctoring.models import CLIENT_SIGNALS

ROOT = Path(__file__).parent.parent.parent
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
SERVER_TYPES = [
    kind
    for kind in vars(messages).values()
    if isinstance(kind, type) and kind not in (Message, Numbered) and issubclass(kind, Message)
]


@pytest.mark.parametrize("name", sorted(CLIENT_TYPES))
def test_client_messages_have_a_section(name: str) -> None:
    assert re.search(rf"^###.*`{name}`", PROTOCOL, re.MULTILINE)


@pytest.mark.parametrize("kind", SERVER_TYPES, ids=lambda kind: kind.__name__)
def test_server_messages_have_a_row_with_their_fields(kind: type[Message]) -> None:
    name = str(kind.__struct_config__.tag)
    rows = [line for line in PROTOCOL.splitlines() if line.startswith(f"| `{name}`")]
    described = " ".join(row for row in rows if not row.startswith("| `final"))
    fields = {field for field in kind.__struct_fields__ if field != "seq"}
    assert rows
    assert {field for field in fields if not re.search(rf"`{field}\b", described)} == set()
    numbered = any(f"| `{name}` `seq`" in row or "true` `seq`" in row for row in rows)
    assert numbered == issubclass(kind, Numbered) or name == "asr_result"


def test_the_table_of_errors() -> None:
    rows = dict(re.findall(r"^\| `([a-z_0-9]+)` \| (yes|no) \|", PROTOCOL, re.MULTILINE))
    assert rows == {code.value: "yes" if code in RETRYABLE else "no" for code in ErrorCode}


def test_the_errors_that_do_not_count() -> None:
    sentence = next(line for line in PROTOCOL.splitlines() if line.endswith("not counted among the twenty."))
    assert set(re.findall(r"`(\w+)`", sentence)) == {code.value for code in NOT_THE_CLIENTS}


def test_actions_and_signals() -> None:
    assert {action.value for action in Action} == set(
        re.findall(r"^\| `(\w+)` \| .* \| (?:intro|question|all)", PROTOCOL, re.MULTILINE)
    )
    assert all(f"`{signal}`" in PROTOCOL for signal in CLIENT_SIGNALS)


def test_every_setting_is_in_the_table() -> None:
    example = set(re.findall(r"^# ([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    rows = [line.split("|")[1] for line in OPERATIONS.splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', (ROOT / "config" / "settings.py").read_text()))
    assert listed - {"SECRET_KEY"} == example - {"SECRET_KEY", "POSTGRES_PASSWORD", "MINIO_ROOT_PASSWORD"}
    assert listed - {"SECRET_KEY"} == read


def test_no_comment_stands_behind_a_value() -> None:
    """systemd's EnvironmentFile would take it for a part of the value."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line for line in lines if re.match(r"# [A-Z][A-Z0-9_]+=.*\s#", line)] == []


def test_the_checks_of_readiness() -> None:
    assert all(f"`{name}`" in OPERATIONS for name in CHECKS)


@pytest.mark.parametrize(
    "document",
    sorted(str(path.relative_to(ROOT)) for folder in (".", "docs", "bench") for path in (ROOT / folder).glob("*.md")),
)
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        other = (path.parent / name) if name else path
        assert other.exists(), target
        assert not anchor or anchor in anchors(other), target


def anchors(path: Path) -> set[str]:
    """As GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", ["protocol", "operations", "providers", "recording", "replay"])
def test_files_that_are_named_exist(document: str) -> None:
    text = (ROOT / "docs" / f"{document}.md").read_text()
    named = set(re.findall(r"`((?:config|interviews|providers|tests)/[\w/.]+)`", text)) - {"providers/tts/house.py"}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
