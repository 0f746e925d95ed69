from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0007_coding_task_proof"),
    ]

    operations = [
        migrations.AddField("coderun", "taken", models.BooleanField(default=False, editable=False)),
    ]
