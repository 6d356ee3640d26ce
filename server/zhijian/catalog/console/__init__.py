"""Staff screens of the catalogue: Wagtail edits drafts; review, withdrawal and workbooks are screens of our own."""

from django.urls import path

from zhijian.catalog.console import review, workbook
from zhijian.core import console
from zhijian.organizations.access import may, requires
from zhijian.organizations.rules import Post

ITEM_POSTS = (Post.ITEM_MANAGER, Post.REVIEWER)

_item = requires(*ITEM_POSTS)
_manager = requires(Post.ITEM_MANAGER)

urlpatterns = [
    path("items/review/", _item(review.waiting), name="catalog_reviews"),
    path("items/review/<int:pk>/", _item(review.one), name="catalog_review"),
    path("items/withdraw/<int:pk>/", _item(review.withdraw), name="catalog_withdraw"),
    path("items/take-back/<int:pk>/", _item(review.take_back), name="catalog_take_back"),
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
        count=review.returned_count,
        count_means="被退回，待修改",
    ),
    console.Place(
        key="item_reviews",
        label="事项审核",
        icon="file-check",
        url_name="catalog_reviews",
        order=310,
        shown=lambda user: may(user, Post.REVIEWER),
        count=review.waiting_count,
        count_means="待审核",
    ),
)
