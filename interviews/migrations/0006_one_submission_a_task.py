from django.db import migrations, models
from django.db.models import Q

SUBMISSION, RUN, DONE = "submission", "run", "done"


def one_submission_a_task(apps, schema_editor):
    """Of several, two servers took one each: the newest that was judged stays, else the newest. The others become runs."""
    rows = apps.get_model("interviews", "CodeRun").objects.using(schema_editor.connection.alias)
    submissions = rows.filter(kind=SUBMISSION)
    doubled = submissions.order_by().values("interview", "task_id").annotate(count=models.Count("pk")).filter(count__gt=1)
    for task in list(doubled):
        own = submissions.filter(interview=task["interview"], task_id=task["task_id"])
        judged = own.filter(status=DONE).exclude(result={})
        kept = (judged.order_by("-pk").first() or own.order_by("-pk").first()).pk
        own.exclude(pk=kept).update(kind=RUN, hidden_passed=None, hidden_total=None)


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0005_coding_task"),
    ]

    operations = [
        migrations.RunPython(one_submission_a_task, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "coderun",
            models.UniqueConstraint(
                fields=("interview", "task_id"), condition=Q(kind=SUBMISSION), name="one_submission_a_task"
            ),
        ),
    ]
