"""What ``script/test --changed`` runs."""

import pytest
from script.changed import Plan, plan

FOLDERS = ["cases", "console", "tickets", "launcher", "sandbox"]
TABLE = [
    ("server/zhijian/cases/rules/guards.py", Plan(checks=True, tests={"tests/cases"})),
    ("server/tests/tickets/test_api.py", Plan(checks=True, tests={"tests/tickets"})),
    ("server/templates/cases/page.html", Plan(tests={"tests/cases"})),
    ("server/static/console/hall.css", Plan(tests={"tests/console"})),
    ("server/static/console/hall.js", Plan(app=True, tests={"tests/console"})),
    ("server/templates/base.html", Plan(tests={"tests/console"})),
    ("server/zhijian/core/clock.py", Plan(checks=True, tests={"tests"})),
    ("server/config/urls.py", Plan(checks=True, tests={"tests"})),
    ("server/tests/conftest.py", Plan(checks=True, tests={"tests"})),
    ("server/openapi/openapi.json", Plan(app=True, tests={"tests/console"})),
    ("sandbox/app.py", Plan(checks=True, tests={"tests/sandbox"})),
    ("script/test", Plan(tests={"tests/launcher"})),
    ("miniapp/src/ui/ZButton.vue", Plan(app=True)),
    ("e2e/journeys/test_elder.py", Plan(checks=True, journeys={"journeys/test_elder.py"})),
    ("e2e/support/axe.py", Plan(checks=True)),
    ("docs/testing.md", Plan()),
    ("docs/tutorial-domain.md", Plan(tests={"tests/tutorial"})),
]


@pytest.mark.parametrize(("path", "expected"), TABLE, ids=[path for path, _ in TABLE])
def test_a_change_asks_for_its_tests(path: str, expected: Plan) -> None:
    assert plan([path], FOLDERS) == expected


def test_all_tests_take_in_those_of_a_domain() -> None:
    both = plan(["server/zhijian/cases/api.py", "server/zhijian/core/clock.py"], FOLDERS)
    assert both.tests == {"tests"}
