"""Staff screens of appointments."""

from zhijian.appointments.console.appeals import urlpatterns as appeals
from zhijian.appointments.console.day import urlpatterns as day

urlpatterns = [*appeals, *day]
from zhijian.appointments.console import rush
from zhijian.core import console

console.register(*rush.places)

urlpatterns = [*rush.urlpatterns]
