"""Running the conditions and refusing to start."""

import sys
from collections.abc import Sequence

from django.core.checks import ERROR, CheckMessage, run_checks
from django.db import InterfaceError, OperationalError, ProgrammingError

from config.needs import EXIT
from config.preflight.conditions import DATABASE_TAG, TAG, error


class Refused(SystemExit):
    """Ends the process with the exit code of a configuration error; what is wrong has been said."""

    def __init__(self, messages: Sequence[CheckMessage]) -> None:
        super().__init__(EXIT)
        self.messages = messages


def findings(*, before_migrating: bool = False) -> list[CheckMessage]:
    """Errors and warnings. A database that is away is neither: what can be served without it is served."""
    found = run_checks(tags=[TAG], include_deployment_checks=True)
    try:
        found += run_checks(tags=[DATABASE_TAG], include_deployment_checks=True)
    except (OperationalError, InterfaceError):
        return found
    except ProgrammingError:
        if not before_migrating:  # a table or column of this version is missing
            found.append(
                error(
                    "keys.not_migrated",
                    "数据表还没有更新，请先运行 manage.py migrate。",
                    "Run manage.py migrate first.",
                )
            )
    if before_migrating:
        found = [message for message in found if message.id != f"{TAG}.keys.not_migrated"]
    return found


def refuse_unless_fit(*, before_migrating: bool = False) -> list[CheckMessage]:
    """Return the warnings. Raises Refused after telling every error."""
    found = findings(before_migrating=before_migrating)
    errors = [message for message in found if message.level >= ERROR]
    if errors:
        sys.stderr.write("✗ 没有启动，请先处理 (not started):\n" + "".join(map(told, errors)))
        sys.stderr.flush()
        raise Refused(errors)
    return found


def told(message: CheckMessage) -> str:
    sign = "✗" if message.level >= ERROR else "!"
    return f"{sign} {message.msg}\n  {message.hint} [{str(message.id).removeprefix(f'{TAG}.')}]\n"
