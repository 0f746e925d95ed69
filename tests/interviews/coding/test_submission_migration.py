"""Two servers may have kept two submissions of one task before the database forbade it: one stays, no code is lost."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from interviews.models import CodeRun
from tests.interviews.factories import make_interview

pytestmark = pytest.mark.django_db(transaction=True)
MIGRATION: Any = import_module("interviews.migrations.0006_one_submission_a_task")
JUDGED = {"status": "done", "result": {"status": "ok"}, "hidden_passed": 1, "hidden_total": 2}
TASKS: dict[str, dict[str, dict[str, Any]]] = {
    "judged": {"1": JUDGED, "2": JUDGED, "3": {}, "4": {"status": "done"}},
    "waiting": {"5": {}, "6": {}},
    "alone": {"7": {}},
}


@pytest.fixture
def _as_before() -> Iterator[None]:
    """Without the constraint, which the test has to fulfil again."""
    (constraint,) = (one for one in CodeRun._meta.constraints if one.name == "one_submission_a_task")
    with connection.schema_editor() as editor:
        editor.remove_constraint(CodeRun, constraint)
    yield
    with connection.schema_editor() as editor:
        editor.add_constraint(CodeRun, constraint)


@pytest.mark.usefixtures("_as_before")
def test_of_several_submissions_the_newest_judged_one_stays(owner: User) -> None:
    interview = make_interview(owner)
    common = {"interview": interview, "kind": "submission", "language": "python", "source": "x"}
    for task_id, rows in TASKS.items():
        for run_id, fields in rows.items():
            CodeRun.objects.create(task_id=task_id, run_id=run_id, **common, **fields)
    MIGRATION.one_submission_a_task(apps, connection.schema_editor())
    assert list(CodeRun.objects.values_list("run_id", "kind", "hidden_passed")) == [
        ("1", "run", None),
        ("2", "submission", 1),
        ("3", "run", None),
        ("4", "run", None),
        ("5", "run", None),
        ("6", "submission", None),
        ("7", "submission", None),
    ]
