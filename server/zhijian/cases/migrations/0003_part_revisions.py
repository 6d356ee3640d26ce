"""Each part of a draft remembers the revision that changed it last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_history_and_numbers")]

    operations = [
        migrations.AddField(
            "case", "revisions", models.JSONField(default=dict, verbose_name="各部分最近修改")
        ),
    ]
