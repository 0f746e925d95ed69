import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

KINDS = [("run", "Run"), ("submission", "Submission")]
STATUSES = [("queued", "Waiting"), ("running", "Running"), ("done", "Done")]
COUNT = {"blank": True, "null": True}


def submission_becomes_run() -> list[migrations.operations.base.Operation]:
    """What was handed in before anything could be run stays, as a submission that nobody judged."""
    return [
        migrations.RemoveConstraint("codesubmission", "one_submission_a_run"),
        migrations.RenameModel("CodeSubmission", "CodeRun"),
        migrations.AlterModelOptions(
            "coderun", {"ordering": ["id"], "verbose_name": "code run", "verbose_name_plural": "code runs"}
        ),
        migrations.AlterField(
            "coderun",
            "interview",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="code_runs", to="interviews.interview"
            ),
        ),
        migrations.AlterField(
            "coderun", "created_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for")
        ),
        migrations.AddField(
            "coderun",
            "kind",
            models.CharField(choices=KINDS, default="submission", max_length=16, verbose_name="kind"),
            preserve_default=False,
        ),
        migrations.AddField(
            "coderun",
            "status",
            models.CharField(choices=STATUSES, default="done", max_length=16, verbose_name="status"),
        ),
        migrations.AlterField(
            "coderun",
            "status",
            models.CharField(choices=STATUSES, default="queued", max_length=16, verbose_name="status"),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0002_conversation"),
    ]

    operations = [
        *submission_becomes_run(),
        migrations.AddField("coderun", "stdin", models.TextField(blank=True, null=True, verbose_name="input")),
        migrations.AddField("coderun", "result", models.JSONField(blank=True, default=dict, verbose_name="result")),
        migrations.AddField(
            "coderun",
            "hidden_passed",
            models.PositiveSmallIntegerField(**COUNT, verbose_name="hidden tests passed"),
        ),
        migrations.AddField(
            "coderun", "hidden_total", models.PositiveSmallIntegerField(**COUNT, verbose_name="hidden tests")
        ),
        migrations.AddField("coderun", "at_ms", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "coderun", "attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")
        ),
        migrations.AddField(
            "coderun", "alive_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)
        ),
        migrations.AddField(
            "coderun", "finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")
        ),
        migrations.AddConstraint(
            "coderun", models.UniqueConstraint(fields=("interview", "run_id"), name="one_code_run_an_id")
        ),
        migrations.AddIndex("coderun", models.Index(fields=["status", "alive_at"], name="unfinished_code_runs")),
        migrations.AddField(
            "interview", "code_task", models.CharField(blank=True, max_length=100, verbose_name="coding task")
        ),
        migrations.AddField(
            "interview",
            "code_task_document",
            models.JSONField(blank=True, editable=False, null=True, verbose_name="coding task, as chosen"),
        ),
    ]
