"""A published version can be ended once, and otherwise neither changed nor deleted, by anybody."""

from django.db import migrations

from zhijian.core.append_only import append_only

_ENDED_ONCE = """
CREATE TRIGGER catalog_itemversion_ended_once BEFORE UPDATE ON catalog_itemversion FOR EACH ROW
    WHEN (OLD.valid_to IS NOT NULL) EXECUTE FUNCTION zhijian_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        append_only("catalog_itemversion", but="valid_to, end_reason"),
        migrations.RunSQL(_ENDED_ONCE, "DROP TRIGGER catalog_itemversion_ended_once ON catalog_itemversion;"),
    ]
