from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resumes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="resume",
            name="broken_off",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="readings broken off"),
        ),
    ]
