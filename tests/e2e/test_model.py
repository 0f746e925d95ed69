"""The real server with a language model behind OpenAI's protocol, which writes, and then fails."""

from collections.abc import Callable

from providers.llm.scripted import decision
from tests.e2e.candidate import candidates
from tests.e2e.seed import guests
from tests.providers.llm.server import Streamed, serving
from tests.server import LiveServer

WORDS = "Nice to meet you, thank you for that. Which service did you build last, and for whom?"
MARK = "I once moved a ledger"
KEPT = (
    "from interviews.models import ModelExchange as M;"
    "print([(row.outcome, row.model, row.tokens_in, str(row.cost), '{mark}' in row.request['data'],"
    " '{mark}' in row.request['rules']) for row in M.objects.all()])"
)


async def test_a_model_asks_and_when_it_fails_the_interview_goes_on(start_server: Callable[..., LiveServer]) -> None:
    with serving() as chat:
        whole = decision(WORDS)
        chat.answers = [Streamed((whole[:30], whole[30:60], whole[60:]), usage=(1_000, 40)), 503]
        server = start_server(
            "--without",
            "celery",
            "--without",
            "proctoring",
            STT_PROVIDER="none",
            TTS_PROVIDER="none",
            RESUME_MODEL="offline",
            OPENAI_BASE_URL=chat.url,
            OPENAI_MODEL="small",
            OPENAI_PRICE_IN="1",
            OPENAI_PRICE_OUT="5",
            ADAPTIVE_QUESTIONS="1",
        )
        async with candidates(server, guests(server, 1)) as (candidate,):
            await candidate.enter(input="text")
            first = await candidate.introduce()
            assert (first["text"], first["question_number"]) == (WORDS, 1)
            await candidate.write(f"{MARK} to another database for a bank, and it took us a year.")
            second = await candidate.line.next("interview_message")
            assert second["kind"] in {"question", "follow_up"}
            assert second["text"] != WORDS
            await candidate.finish()
        rows = server.manage("shell", "-c", KEPT.format(mark=MARK)).splitlines()[-1]
        assert rows == str(
            [("used", "small", 1_000, "0.001200", False, False), ("failed", "small", None, "None", True, False)]
        )
        assert MARK not in server.log
        assert "Traceback" not in server.log
