"""The only writers of citizens, log-in codes and sessions, one file per use case."""

from zhijian.identity.actions.delegation import agree_delegation, ask_delegation, end_delegation
from zhijian.identity.actions.login import VISITOR, log_in, request_code
from zhijian.identity.actions.profile import update_settings
from zhijian.identity.actions.real_name import check_real_name
from zhijian.identity.actions.sessions import end_other_sessions, end_session, touch_session
from zhijian.identity.actions.upkeep import forget_old

__all__ = [
    "VISITOR",
    "agree_delegation",
    "ask_delegation",
    "check_real_name",
    "end_delegation",
    "end_other_sessions",
    "end_session",
    "forget_old",
    "log_in",
    "request_code",
    "touch_session",
    "update_settings",
]
