"""Addresses of the hall's machines."""

from django.urls import path

from zhijian.appointments.hall import pages

urlpatterns = [
    path("", pages.door, name="hall_door"),
    path("kiosk/", pages.kiosk, name="hall_kiosk"),
    path("kiosk/scan/", pages.kiosk_scan, name="hall_kiosk_scan"),
    path("kiosk/matters/", pages.kiosk_matters, name="hall_kiosk_matters"),
    path("kiosk/take/", pages.kiosk_take, name="hall_kiosk_take"),
    path("screen/", pages.screen, name="hall_screen"),
    path("screen/board/", pages.screen_board, name="hall_screen_board"),
]
