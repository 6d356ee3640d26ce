"""Import and export of item specifications."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhijian.catalog import authoring
from zhijian.catalog.actions.importing import import_items
from zhijian.catalog.queries import items_in_scope
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.workbook import write_workbook
from zhijian.catalog.workbook.guard import MAX_BYTES
from zhijian.core.errors import Problem
from zhijian.core.sheets import XLSX, attachment
from zhijian.organizations.rules import Post


def page(request: HttpRequest) -> HttpResponse:
    """Upload with a table of faults, and the downloads."""
    user: Any = request.user
    problem: Problem | None = None
    upload = request.FILES.get("file")
    if request.method == "POST":
        try:
            if upload is None:
                messages.warning(request, "请选择要导入的文件")
                return redirect("catalog_workbook")
            # One byte more than allowed is enough to know that it is too large.
            content = upload.read(MAX_BYTES + 1)
            codes = import_items(user.actor_as(Post.ITEM_MANAGER), content=content, name=str(upload.name))
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, f"已导入 {len(codes)} 个事项，保存为草稿；请检查后提交审核")
            return redirect("catalog_items:list")
    context = {
        "problem": problem,
        "name": upload.name if upload else "",
        "limit_mb": MAX_BYTES // 1024 // 1024,
    }
    return render(request, "catalog/workbook.html", context, status=problem.status if problem else 200)


def download_xlsx(request: HttpRequest) -> HttpResponse:
    return attachment(write_workbook(_specs(request)), kind=XLSX, name="items.xlsx")


def download_json(request: HttpRequest) -> HttpResponse:
    data = [spec.model_dump_json_ready() for spec in _specs(request)]
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    return attachment(content, kind="application/json", name="items.json")


def _specs(request: HttpRequest) -> list[ItemSpec]:
    """The newest text of each item in scope that is complete enough to be one."""
    user: Any = request.user
    found = []
    for item in items_in_scope(user).order_by("code"):
        try:
            found.append(authoring.to_spec(item.get_latest_revision_as_object()))
        except Problem:
            continue
    return found
