"""Runs enqueued tasks in the test's own transaction, in order, as a worker would."""

from django.db import connection
from procrastinate.contrib.django import app


def run_pending() -> int:
    """Run what is due until nothing is; a task that raises fails the test. Returns how many ran."""
    count = 0
    while job := _next():
        job_id, name, arguments = job
        app.tasks[name].func(**arguments)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])
        count += 1
    return count


def _next() -> tuple[int, str, dict[str, object]] | None:
    import json

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT id FROM procrastinate_jobs"
            " WHERE status = 'todo' ORDER BY priority DESC, id LIMIT 1) RETURNING id, task_name, args"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], row[1], row[2] if isinstance(row[2], dict) else json.loads(row[2])
