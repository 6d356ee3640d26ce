"""Staff screens of appointments."""

from zhijian.appointments.console.appeals import urlpatterns as appeals

urlpatterns = [*appeals]
