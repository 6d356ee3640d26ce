"""Staff screens of the catalogue: Wagtail edits drafts; workbooks are screens of our own, review is ``editorial``'s."""

from typing import Any

from django.conf import settings
from django.urls import path

from zhijian.catalog import authoring, rules
from zhijian.catalog.actions import ITEMS
from zhijian.catalog.console import workbook
from zhijian.catalog.models import ItemVersion, ServiceItem
from zhijian.catalog.queries.items import current_version_of
from zhijian.core import console
from zhijian.editorial.console.menu import Way
from zhijian.editorial.console.pages import Pages, Words
from zhijian.organizations.access import may, requires
from zhijian.organizations.rules import Post

ITEM_POSTS = (Post.ITEM_MANAGER, Post.REVIEWER)


def _compare(version: ItemVersion | None, draft: ServiceItem) -> dict[str, Any]:
    before = version.typed() if version else None
    return {"changes": rules.changes(before, authoring.to_spec(draft))}


def _ways(item: ServiceItem) -> list[Way]:
    url = f"{settings.PUBLIC_URL}/#/pages/guide/index?code={item.code}"
    return [Way(name="guide", label="查看办事指南", icon="view", url=url)] if item.live else []


PAGES = Pages(
    desk=ITEMS,
    key="catalog",
    base="items",
    end="withdraw",
    namespace="catalog_items",
    words=Words(
        title="事项审核",
        noun="事项",
        measure="个",
        name="事项",
        detail="实施编码",
        in_force="现行",
        same="与现行版本没有差别。",
        ending="停用",
        follows=(
            "停用后，市民看不到这个事项，也不能再申请；已经提交的办件按原来的版本继续办理。"
            "需要恢复时，重新提交审核即可。"
        ),
        reader="会记入版本历史",
        ended="市民不能再申请；办理中的办件不受影响",
    ),
    lead=lambda item: f"{item.department.name} · {item.code}",
    detail=lambda item: item.code,
    version=current_version_of,
    compare=_compare,
    ways=_ways,
)
_item = requires(*ITEM_POSTS)
_manager = requires(Post.ITEM_MANAGER)

urlpatterns = [
    *PAGES.urls(),
    path("items/workbook/", _manager(workbook.page), name="catalog_workbook"),
    path("items/workbook/items.xlsx", _item(workbook.download_xlsx), name="catalog_workbook_xlsx"),
    path("items/workbook/items.json", _item(workbook.download_json), name="catalog_workbook_json"),
]

console.register(
    console.Place(
        key="items",
        label="事项",
        icon="clipboard-list",
        url_name="catalog_items:list",
        order=300,
        shown=lambda user: may(user, *ITEM_POSTS),
        waits=(PAGES.returned,),
        count_means="被退回，待修改",
    ),
    console.Place(
        key="item_reviews",
        label="事项审核",
        icon="file-check",
        url_name="catalog_reviews",
        order=310,
        shown=lambda user: may(user, Post.REVIEWER),
        waits=(PAGES.decidable,),
        count_means="待审核",
    ),
)
