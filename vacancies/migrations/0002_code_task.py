from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vacancies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "vacancy", "code_task", models.CharField(blank=True, max_length=100, verbose_name="coding task")
        ),
    ]
