"""The worker dies while it makes a PDF: the PDF is made later, once."""

import secrets

from support.applicant import Applicant, checked
from support.city import City
from support.inside import held_up, kill, one, process, until

_JOB = """
SELECT status::text FROM procrastinate_jobs
WHERE task_name = 'zhijian.cases.tasks.make_paper' AND args->>'case_id' = %s
"""
_DOCUMENTS = """
SELECT count(*) FROM cases_casedocument document JOIN cases_case c ON c.id = document.case_id
WHERE c.public_id = %s AND document.kind = 'receipt'
"""


def test_receipt_is_made_later_and_once(city: City, applicant: Applicant) -> None:
    case_id = applicant.ready()
    killed = process(city, "worker")
    with held_up(city, "cases_casedocument") as reached:
        checked(applicant.submit(case_id, secrets.token_hex(16)))
        reached()  # typeset and stored, about to be entered
        kill(city, "worker")
        killed.wait(5)
        assert one(city, _JOB, case_id) == "doing"
    assert one(city, _DOCUMENTS, case_id) == 0

    until(lambda: one(city, _JOB, case_id) == "succeeded", seconds=110, every=0.5)
    assert one(city, _DOCUMENTS, case_id) == 1
    receipt = checked(applicant.http.get(f"/cases/{case_id}/documents/receipt"))
    assert receipt.content.startswith(b"%PDF-")
    assert one(city, _DOCUMENTS, case_id) == 1
    assert process(city, "worker").pid != killed.pid
