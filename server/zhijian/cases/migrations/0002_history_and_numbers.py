"""History only grows; numbers come from a sequence, so that submitters never wait for each other."""

from django.db import migrations

from zhijian.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        append_only("cases_casestep"),
        migrations.RunSQL(
            "CREATE SEQUENCE cases_number MINVALUE 1 MAXVALUE 999999 CYCLE;", "DROP SEQUENCE cases_number;"
        ),
    ]
