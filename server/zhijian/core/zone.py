"""The one time zone of this platform."""

from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
