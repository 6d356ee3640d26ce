from django.db import migrations

from zhijian.core.append_only import append_only

# What people commented on must be what they read: text and questions are fixed from publication on.
_FIXED = """
CREATE FUNCTION consultations_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published consultation is fixed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER consultations_fixed BEFORE UPDATE ON consultations_consultation FOR EACH ROW
WHEN (OLD.state NOT IN ('draft', 'reviewing') AND (
    (OLD.title, OLD.background, OLD.content::text, OLD.opens_at, OLD.department_id)
    IS DISTINCT FROM (NEW.title, NEW.background, NEW.content::text, NEW.opens_at, NEW.department_id)))
EXECUTE FUNCTION consultations_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]
    operations = [
        append_only("consultations_step"),
        migrations.RunSQL(
            _FIXED,
            "DROP TRIGGER consultations_fixed ON consultations_consultation; DROP FUNCTION consultations_fixed();",
        ),
    ]
