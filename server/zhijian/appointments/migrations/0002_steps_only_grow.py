from django.db import migrations

from zhijian.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]
    operations = [append_only("appointments_visitstep")]
