"""Staff screens of appointments."""

from zhijian.appointments.console import rush, supply
from zhijian.appointments.console.appeals import urlpatterns as appeals
from zhijian.appointments.console.day import urlpatterns as day
from zhijian.core import console

console.register(*rush.places)

urlpatterns = [*appeals, *day, *rush.urlpatterns, *supply.urlpatterns]
