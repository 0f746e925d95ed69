"""One demo interview from sign-up to report, with a progress display."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from bench.demo import summary
from bench.demo.account import Account, DemoFailed
from bench.demo.room import Room

HERE = Path(__file__).parent
FACE = HERE / "face.jpg"
RESUME = HERE / "resume.pdf"
STAGES = {"intro": "introduction", "question": "questions", "code": "code"}


class Display:
    """What happens in the room, as one progress bar and a line a message."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.task: TaskID = progress.add_task("connecting", total=None)

    def __call__(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "interview_message":
                self.question(message)
            case "asr_result" if message["final"]:
                self.progress.console.print(f"  [green]heard[/green] {message['text']}")
            case "asr_result":
                self.progress.update(self.task, description=message["text"][-60:] or "…")
            case "cheat_detected" | "error":
                self.progress.console.print(f"  [yellow]{message['type']}[/yellow] {message['text']}")

    def question(self, message: dict[str, Any]) -> None:
        number, count = message.get("question_number") or 0, message.get("question_count") or None
        stage = STAGES.get(message["phase"], message["phase"])
        self.progress.update(self.task, description=stage, completed=number, total=count)
        self.progress.console.print(f"[cyan]{stage}[/cyan] {message['text']}")


async def demo(url: str, speed: float, folder: Path, console: Console) -> Path:
    """Take the interview; print transcript, word error rate and scores; return the report's file."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, sock_connect=10)) as http:
        account = Account(http, url)
        console.print(f"Signed up as {await account.sign_up()}")
        resume = await account.upload(RESUME.read_bytes(), RESUME.name)
        interview = await account.create()
        console.print(f"Interview {interview} with resume {resume}, at {speed:g} times real time")
        spoken = await attend(account, interview, resume, speed, console)
        report = await account.report(resume, interview)
        record = await account.call("GET", f"/api/v1/interviews/{interview}/")
    for line in summary.lines(record, report, spoken):
        console.print(line)
    return store(folder, interview, record, report)


async def attend(account: Account, interview: str, resume: str, speed: float, console: Console) -> list[int]:
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    address = account.url.replace("http", "ws", 1) + "/ws/webrtc/?token=" + account.token
    with Progress(*columns, console=console, transient=True) as progress:
        async with account.http.ws_connect(address, max_msg_size=0) as socket:
            room = Room(socket, speed, FACE.read_bytes(), Display(progress))
            await room.take(interview, resume)
    if not room.done.is_set() or socket.close_code not in (1000, None):
        raise DemoFailed(f"the interview broke off (close code {socket.close_code}): look at the server's log")
    return room.spoken


def store(folder: Path, interview: str, record: dict[str, Any], report: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"interview-{interview}.json"
    path.write_text(json.dumps({"interview": record, "report": report}, ensure_ascii=False, indent=2))
    return path


def run(url: str, speed: float, folder: Path) -> None:
    console = Console(highlight=False)
    path = asyncio.run(demo(url.rstrip("/"), speed, folder, console))
    console.print(f"\nReport: {path}")
