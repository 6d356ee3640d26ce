from django.db import migrations

from zhijian.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_initial")]
    operations = [
        append_only("ratings_rating"),
        append_only("ratings_countervisit"),
        append_only("ratings_rectificationstep"),
    ]
