"""How the citizen API knows who asks: an opaque bearer token."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from zhijian.core.clock import now
from zhijian.identity import actions, errors, queries
from zhijian.identity.models import Citizen, Session


class CitizenBearer(HttpBearer):
    """``request.auth`` becomes the citizen. Raises SessionEnded (also for tokens never given out), SessionExpired."""

    def authenticate(self, request: HttpRequest, token: str) -> Citizen:
        session = queries.session_of(token)
        if session is None or session.ended_at is not None:
            raise errors.SessionEnded
        if session.citizen.demo and not settings.DEMO:
            raise errors.SessionEnded
        if session.expires_at <= now():
            raise errors.SessionExpired
        actions.touch_session(session)
        request.citizen_session = session  # type: ignore[attr-defined]
        return session.citizen


class RealNameBearer(CitizenBearer):
    """The same, for what only a person whose name is confirmed may do. Raises RealNameNeeded."""

    def authenticate(self, request: HttpRequest, token: str) -> Citizen:
        citizen = super().authenticate(request, token)
        if not citizen.real_name:
            raise errors.RealNameNeeded
        return citizen


citizen_bearer = CitizenBearer()
real_name_required = RealNameBearer()


def citizen_of(request: HttpRequest) -> Citizen:
    """The citizen of a request that passed one of the doors above."""
    return cast(Citizen, request.auth)  # type: ignore[attr-defined]


def session_of(request: HttpRequest) -> Session:
    return cast(Session, request.citizen_session)  # type: ignore[attr-defined]
