"""History only grows; numbers come from a sequence, so that senders never wait for each other."""

from django.db import migrations

from zhijian.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        append_only("tickets_ticketstep"),
        migrations.RunSQL(
            "CREATE SEQUENCE tickets_number MINVALUE 1 MAXVALUE 999999 CYCLE;",
            "DROP SEQUENCE tickets_number;",
        ),
    ]
