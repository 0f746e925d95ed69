"""An interview that ends while its candidate is at the task: what was written until then is the submission."""

import logging

from config import later
from interviews.coding import runs
from interviews.coding.documents import TooBig, WrongLanguage
from interviews.coding.tasks import UnknownTask
from interviews.models import Interview

log = logging.getLogger(__name__)
TASK = "interviews.tasks.sweep_code_runs"


def take(interview_id: int) -> None:
    """Hand in what stands in the editor, unless something was handed in, and have the worker judge it at once."""
    state = Interview.objects.filter(pk=interview_id).values_list("engine_state", flat=True).first()
    if not state or not state.get("task_id"):
        return
    try:
        run = runs.hand_in(interview_id, state["task_id"], state.get("now", {}).get("wall", 0))
    except (TooBig, UnknownTask, WrongLanguage) as error:  # no reason not to end the interview
        log.warning("interview %s: what was written cannot be handed in (%s)", interview_id, type(error).__name__)
        return
    if run is not None:
        runs.leave(run.pk)
        later.ask_after_commit(TASK)
