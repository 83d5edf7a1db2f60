"""Tables whose rows are history: triggers that refuse UPDATE and DELETE, on SQLite and on PostgreSQL.

Django has no such constraint, and a guard in Python alone does not hold against a raw statement or a queryset update.
A later migration that rebuilds a guarded table on SQLite drops its triggers and has to add them again; a test looks.
"""

from django.db import migrations

MESSAGE = "append-only table"


def _name(table, event):
    return f"{table}_refuse_{event.lower()}"


def statements(vendor: str, table: str, columns: tuple[str, ...] = ()) -> list[str]:
    """The statements that guard ``table``; with ``columns`` only those may not change, other columns may."""
    target = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    events = {"UPDATE": target, "DELETE": "DELETE"}
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {_name(table, event)} BEFORE {clause} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for event, clause in events.items()
        ]
    function = f"{table}_refuse_change"
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *(
            f"CREATE TRIGGER {_name(table, event)} BEFORE {clause} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
            for event, clause in events.items()
        ),
    ]


def removal(vendor: str, table: str) -> list[str]:
    """The statements that take the guard of ``table`` away again."""
    on = "" if vendor == "sqlite" else f" ON {table}"
    drops = [f"DROP TRIGGER IF EXISTS {_name(table, event)}{on}" for event in ("UPDATE", "DELETE")]
    return drops if vendor == "sqlite" else [*drops, f"DROP FUNCTION IF EXISTS {table}_refuse_change()"]


def append_only(table: str, columns: tuple[str, ...] = ()) -> migrations.RunPython:
    """A migration operation that guards ``table``."""

    def add(apps, schema_editor):
        for statement in statements(schema_editor.connection.vendor, table, columns):
            schema_editor.execute(statement)

    def remove(apps, schema_editor):
        for statement in removal(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    return migrations.RunPython(add, remove)
