"""What was published once can be ended once, and otherwise neither changed nor deleted, by anybody."""

from django.db import migrations

from zhijian.core.append_only import append_only

_ENDED_ONCE = """
CREATE TRIGGER content_articleversion_ended_once BEFORE UPDATE ON content_articleversion FOR EACH ROW
    WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION zhijian_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [
        append_only("content_articleversion", but="ended_at, ended_as, end_reason"),
        migrations.RunSQL(_ENDED_ONCE, "DROP TRIGGER content_articleversion_ended_once ON content_articleversion;"),
    ]
