"""Background work of the map: news from the organizations."""

from zhijian.core.events import subscribe
from zhijian.core.tasks import task
from zhijian.maps.actions import compile_map
from zhijian.organizations.events import HallChanged, OrganizationsLoaded


@subscribe(HallChanged)
@task()
def redraw_after_hall(hall_code: str) -> None:
    compile_map()


@subscribe(OrganizationsLoaded)
@task()
def redraw_after_load(halls: int) -> None:
    compile_map()
