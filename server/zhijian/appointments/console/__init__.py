"""Staff screens of appointments."""

from zhijian.appointments.console.appeals import urlpatterns as appeals
from zhijian.appointments.console.day import urlpatterns as day

urlpatterns = [*appeals, *day]
