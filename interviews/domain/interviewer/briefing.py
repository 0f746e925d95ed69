"""An interview as its interviewer sees it, read from the tables."""

from typing import Any

from django.db.models import QuerySet

from interviews.domain import lines, resume_topics
from interviews.domain.interviewer.brief import Brief, Exchange
from interviews.domain.plan import PlannedQuestion
from interviews.engine import BadState, Kind, Phase, State, load
from interviews.models import Interview, Turn

CONVERSATION = (Phase.INTRO, Phase.QUESTION)
MOST_SKILLS = 20
MOST_ENTRIES = 6
MOST_REQUIREMENTS = 12
LONGEST = 160  # of a requirement or a line of a digest
# The columns of an interview that are read here: all of them together take twice the time, in every reply.
READ = (
    *("status", "phase", "language", "plan", "engine_state", "seconds_left", "code_task"),
    *("position_name", "position_description", "position_requirements", "resume__profile", "vacancy__requirements"),
)
_OF_TURNS = ("interview_id", "question_number", "question_key", "prompt", "answer", "kind")


def read(interview: Interview, answer: str) -> Brief:
    """`answer` is the last one: of the turn that is over, or so far of the one that is open. One query."""
    now = state(interview)
    turns = over(interview, now).filter(phase__in=CONVERSATION).only(*_OF_TURNS)
    exchanges = [_exchange(turn, interview.language) for turn in turns]
    return Brief(
        language=interview.language,
        plan=tuple(PlannedQuestion.from_json(row) for row in interview.plan),
        exchanges=(*exchanges, *_open(interview, now, answer)),
        seconds_left=interview.seconds_left,
        resume=_resume(interview.resume.profile) if interview.resume else "",
        vacancy=_vacancy(interview),
        position=resume_topics.clean(interview.position_name, LONGEST),
        seed=interview.pk,
    )


def state(interview: Interview) -> State | None:
    """Of the engine; None where there is none yet, or none that can be read."""
    try:
        return load(interview.engine_state)
    except BadState:
        return None


def over(interview: Interview, now: State | None) -> QuerySet[Turn]:
    """The turns before the one that is open in the state: that one may have been stored since the state was read."""
    turns = interview.turns.all()
    return turns if now is None or now.prompt is None else turns.filter(number__lt=now.turn_number)


def _exchange(turn: Turn, language: str) -> Exchange:
    return Exchange(
        number=turn.question_number or 0,
        key=turn.question_key,
        prompt=lines.words_of(turn.prompt, language),
        answer=turn.answer,
        follow_up=turn.kind == Kind.FOLLOW_UP,
    )


def _open(interview: Interview, now: State | None, answer: str) -> list[Exchange]:
    """The turn that is still open, where the answer to it may be over."""
    if now is None or now.prompt is None or now.phase not in CONVERSATION:
        return []
    prompt = now.prompt
    turn = Turn(
        question_number=now.question_number if now.phase is Phase.QUESTION else None,
        question_key=prompt.key,
        prompt=prompt.heard or prompt.text or prompt.line or "",
        answer=answer,
        kind=prompt.kind,
    )
    return [_exchange(turn, interview.language)]


def _resume(profile: Any) -> str:
    """Skills, jobs and projects, a line each; no name, no address."""
    skills = ", ".join(resume_topics.skills(profile)[:MOST_SKILLS])
    jobs = [f"{topic.values['position']}, {topic.values['company']}" for topic in resume_topics.jobs(profile)]
    projects = [topic.values["project"] for topic in resume_topics.projects(profile)]
    rows = [f"Skills: {skills}" if skills else ""]
    rows += [f"Job: {job}" for job in jobs[:MOST_ENTRIES]]
    rows += [f"Project: {project}" for project in projects[:MOST_ENTRIES]]
    return "\n".join(row for row in rows if row)


def _vacancy(interview: Interview) -> str:
    described = resume_topics.clean(interview.position_description, 4 * LONGEST)
    wanted = interview.vacancy.requirements if interview.vacancy else []
    rows = [resume_topics.clean(row.get("text"), LONGEST) for row in wanted[:MOST_REQUIREMENTS]]
    own = resume_topics.clean(interview.position_requirements, 4 * LONGEST)
    return "\n".join(row for row in (described, own, *(f"- {row}" for row in rows if row)) if row)
