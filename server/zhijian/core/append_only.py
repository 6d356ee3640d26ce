"""A database trigger for tables that may only grow (history, audit, published versions)."""

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION zhijian_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def append_only(table: str, *, but: str = "") -> migrations.RunSQL:
    """A migration step: UPDATE and DELETE on ``table`` fail. ``but`` names the columns that may still change,
    as a comma-separated list ("valid_to, status")."""
    trigger = f"{table}_append_only"
    if not but:
        create = f"CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION zhijian_append_only();"
        return migrations.RunSQL(_FUNCTION + create, f"DROP TRIGGER {trigger} ON {table};")
    removed = "".join(f" - '{name.strip()}'" for name in but.split(","))
    create = (
        f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN ((to_jsonb(OLD){removed}) IS DISTINCT FROM (to_jsonb(NEW){removed}))"
        f" EXECUTE FUNCTION zhijian_append_only();"
        f"CREATE TRIGGER {trigger}_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION zhijian_append_only();"
    )
    return migrations.RunSQL(
        _FUNCTION + create, f"DROP TRIGGER {trigger} ON {table}; DROP TRIGGER {trigger}_delete ON {table};"
    )
