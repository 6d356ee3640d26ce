"""Files of materials: upload, reuse, preview, delete."""

from dataclasses import asdict
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Header, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from zhijian.cases import actions
from zhijian.cases.api.common import HANDLE, own_case
from zhijian.cases.api.reading import as_download
from zhijian.cases.api.router import router
from zhijian.cases.presenting import shapes
from zhijian.cases.presenting.guide import file_info
from zhijian.cases.queries import citizen as queries
from zhijian.cases.queries import reuse
from zhijian.cases.queries.versions import version
from zhijian.catalog.rules import apply_answers
from zhijian.identity.auth import citizen_of


class Reuse(Schema):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["licence", "file"]
    id: str = Field(max_length=26)


@router.post("/cases/{case_id}/materials/{code}/files", response={201: shapes.FileInfo})
def upload(
    request: HttpRequest,
    case_id: str,
    code: str,
    file: UploadedFile = File(...),  # type: ignore[type-arg]  # noqa: B008
    upload_id: str = Header("", alias="Upload-Id", max_length=64),  # type: ignore[type-arg]
) -> Status[shapes.FileInfo]:
    """上传材料。网络中断后用同一个 Upload-Id 重传，不会重复。"""
    case = own_case(request, case_id)
    given = actions.attach(citizen_of(request).actor, case=case, code=code, upload=file, upload_id=upload_id)
    return Status(201, file_info(given))


@router.delete("/cases/{case_id}/files/{file_id}", response={204: None})
def remove(request: HttpRequest, case_id: str, file_id: str) -> Status[None]:
    """删除一个文件。"""
    actions.remove(citizen_of(request).actor, case=own_case(request, case_id), file_id=file_id)
    return Status(204, None)


@router.get("/cases/{case_id}/files/{file_id}", response={200: None})
def get_file(request: HttpRequest, case_id: str, file_id: str, preview: bool = False) -> HttpResponse:
    """文件内容；preview=1 时给缩小的图片。"""
    given = queries.file_for_citizen(own_case(request, case_id), file_id)
    if preview:
        content, mime = given.file.read_preview()
        return as_download(content, mime, given.file.name)
    return as_download(given.file.read(), given.file.mime, given.file.name)


@router.get("/cases/{case_id}/reusable", response=list[shapes.ReusableView])
def list_reusable(request: HttpRequest, case_id: str) -> list[shapes.ReusableView]:
    """已有的证照和以往材料中，可以直接用于这个办件的。"""
    case = own_case(request, case_id, HANDLE.only("citizen_id", "item_version_id", "answers"))
    asked = apply_answers(version(case.item_version_id).spec, case.answers).materials
    return [shapes.ReusableView(**asdict(found)) for found in reuse.reusable(case, asked)]


@router.post("/cases/{case_id}/materials/{code}/reuse", response={201: shapes.FileInfo})
def reuse_held(request: HttpRequest, case_id: str, code: str, data: Reuse) -> Status[shapes.FileInfo]:
    """用已有的证照或以往材料，不用再交。"""
    case = own_case(request, case_id)
    given = actions.reuse(citizen_of(request).actor, case=case, code=code, kind=data.kind, reference=data.id)
    return Status(201, file_info(given))
