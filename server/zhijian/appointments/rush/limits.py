"""Token buckets in the process: a brake on one person or address, none on the crowd."""

from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """``burst`` at once, then ``per_second``; a rate of 0 brakes nothing. Keeps the last ``most`` callers."""

    def __init__(self, *, per_second: float, burst: float, most: int = 200_000) -> None:
        self._rate, self._burst, self._most = per_second, burst, most
        self._buckets: dict[str, _Bucket] = {}

    def wait(self, key: str, now: float) -> float:
        """0 and one token taken, or the seconds until there is one. ``now`` in seconds of a steady clock."""
        if not self._rate:
            return 0.0
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self._most:
                self._forget(now)
            bucket = self._buckets[key] = _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0.0
        return (1 - bucket.tokens) / self._rate

    def _forget(self, now: float) -> None:
        """Those whose bucket is full again need not be known; if all are busy, the oldest half goes."""
        full = self._burst / self._rate
        kept = {key: bucket for key, bucket in self._buckets.items() if now - bucket.at < full}
        if len(kept) >= self._most:
            kept = dict(list(kept.items())[self._most // 2 :])
        self._buckets = kept
