"""Documents: one of a kind, by a task or on demand, also after a worker was killed."""

import io
from collections.abc import Callable

import pytest
from cases.factories import (
    World,
    accepted_case,
    corrected_case,
    draft_case,
    make_world,
    refused_case,
    rejected_case,
    submitted_case,
)
from pypdf import PdfReader

from zhijian.cases import actions, errors
from zhijian.cases.actions import documents
from zhijian.cases.models import CaseDocument
from zhijian.core.files import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def text_of(document: CaseDocument) -> str:
    pages = PdfReader(io.BytesIO(document.file.read())).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_the_receipt_is_made_by_the_task_of_the_submission(
    world: World, run_tasks: Callable[[], int]
) -> None:
    case = submitted_case(world)
    assert not case.documents.exists()
    run_tasks()
    document = case.documents.get()
    assert document.kind == CaseDocument.Kind.RECEIPT
    words = text_of(document)
    assert case.number in words
    assert "居民身份证" in words
    assert world.citizen.name not in words  # a receipt is shown around


@pytest.mark.parametrize(
    ("make", "kind", "says"),
    [
        (accepted_case, "acceptance", "10个工作日"),
        (corrected_case, "correction", "缺少最后一页"),
        (rejected_case, "decision", "行政复议"),
        (refused_case, "decision", "行政诉讼"),
    ],
)
def test_each_document_says_what_it_must(
    world: World, make: Callable[..., object], kind: str, says: str
) -> None:
    case = make(world)
    assert says in text_of(actions.make_document(case=case, kind=kind))  # type: ignore[arg-type]


def test_asked_again_it_is_the_same(world: World) -> None:
    case = submitted_case(world)
    first = actions.make_document(case=case, kind="receipt")
    assert actions.make_document(case=case, kind="receipt") == first
    assert StoredFile.objects.filter(kind="case_document").count() == 1


@pytest.mark.parametrize("kind", ["acceptance", "correction", "decision", "poem"])
def test_what_there_is_not_yet(world: World, kind: str) -> None:
    with pytest.raises(errors.DocumentNotYet):
        actions.make_document(case=submitted_case(world), kind=kind)


def test_a_draft_has_no_documents(world: World) -> None:
    with pytest.raises(errors.DocumentNotYet):
        actions.make_document(case=draft_case(world), kind="receipt")


def test_a_maker_killed_in_the_middle_leaves_nothing_and_the_next_completes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = submitted_case(world)

    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(documents, "keep", killed)
        with pytest.raises(SystemExit):
            actions.make_document(case=case, kind="receipt")
    assert not CaseDocument.objects.exists()
    assert actions.make_document(case=case, kind="receipt")
    assert CaseDocument.objects.count() == 1
