"""How a call to an outside system fails. Adapters turn these into their domain's refusals."""


class OutboundError(Exception):
    """``system`` is the short name in logs and metrics; ``reason`` a word for programs, never an answer's content."""

    def __init__(self, system: str, reason: str) -> None:
        super().__init__(f"{system}: {reason}")
        self.system = system
        self.reason = reason


class Retryable(OutboundError):
    """The system is away, slow, busy or broken: the same call may succeed later."""


class Permanent(OutboundError):
    """The system understood and refused, or answered nonsense: the same call will fail again."""
