"""Who calls: the one answer to it, for throttles, log-in, the rush lane and the audit trail.

Anybody can write ``X-Forwarded-For`` and ``X-Forwarded-Proto``. They are believed only when the deployment says how
many proxies stand in front (``TRUSTED_PROXIES``) and the connection comes from one of them.
"""

import ipaddress
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
_IPV6_OF_ONE_LINE = 64  # bits: whoever has one address of such a network has all of them
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies in front of us.

    ``hops`` is how many append to X-Forwarded-For, 0 where there is none. ``networks`` are theirs, when the
    deployment names them: each hop must be one of them then. Otherwise the nearest must have a private address.
    """

    hops: int = 0
    networks: tuple[Network, ...] = ()

    def trusts(self, peer: str) -> bool:
        """Whether the headers of a connection from ``peer`` are believed."""
        address = parsed(peer)
        return bool(self.hops) and address is not None and _within(address, self.networks or _PRIVATE)

    def caller(self, peer: str, forwarded_for: str) -> str:
        """The address that the outermost proxy saw; ``peer`` where no proxy is trusted.

        An entry that is no address ends the way: what lies beyond it was not written by a proxy.
        """
        if not self.trusts(peer):
            return peer
        caller, named = peer, [entry for entry in forwarded_for.split(",") if entry.strip()]
        for _ in range(min(self.hops, len(named))):
            before = parsed(named.pop())
            if before is None:
                break
            caller = str(before)
            if self.networks and not _within(before, self.networks):
                break
        return caller


def networks(words: Sequence[str]) -> tuple[Network, ...]:
    """Networks as the environment writes them. Raises ValueError for what is none."""
    return tuple(ipaddress.ip_network(word.strip()) for word in words)


@cache
def _proxies(hops: int, named: tuple[str, ...]) -> Proxies:
    return Proxies(hops, networks(named))


def proxies() -> Proxies:
    """Those of this deployment."""
    return _proxies(settings.TRUSTED_PROXIES, tuple(settings.TRUSTED_PROXY_NETWORKS))


def caller_address(request: HttpRequest) -> str:
    """The network address of the caller, as limits count it: an IPv6 address stands for its line's network."""
    return counted(str(request.META.get("REMOTE_ADDR") or ""))


def counted(address: str) -> str:
    """What counts as one caller: an IPv4 address, the first address of an IPv6 line's /64, or what was given."""
    found = parsed(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, _IPV6_OF_ONE_LINE), strict=False).network_address)
    return str(found) if found else address


def parsed(text: str) -> Address | None:
    """An address as proxies write it: with a port, in brackets, or as IPv4 within IPv6."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _within(address: Address, these: Sequence[Network]) -> bool:
    return any(address in network for network in these if network.version == address.version)


class Callers:
    """Middleware: REMOTE_ADDR becomes the caller's, and forwarded headers that nobody trusts are dropped."""

    _DROPPED = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._warned = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known, meta = proxies(), request.META
        peer, forwarded_for = str(meta.get("REMOTE_ADDR") or ""), meta.pop("HTTP_X_FORWARDED_FOR", "")
        meta["zhijian.forwarded"] = bool(forwarded_for)
        if known.trusts(peer):
            meta["REMOTE_ADDR"] = known.caller(peer, forwarded_for)
            return self.get_response(request)
        for header in self._DROPPED:
            meta.pop(header, None)
        if forwarded_for and not self._warned:
            self._warned = True  # once: the header may also be an outsider's
            log.warning(
                "X-Forwarded-For was ignored: no trusted proxy sent it. Behind a proxy set TRUSTED_PROXIES"
                " (and TRUSTED_PROXY_NETWORKS), or all callers count as one"
            )
        return self.get_response(request)
