"""The audit trail: what was done, by whom in which role, on what. Append-only, sealed into an SM3 chain."""

from django.db import models

from zhijian.core.clock import now


class AuditEntry(models.Model):
    """One named event. Never personal data: keys, codes and counts only. A trigger refuses change."""

    at = models.DateTimeField(default=now, db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=40, db_index=True)
    actor_label = models.CharField(max_length=60)
    action = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)
    outcome = models.CharField(max_length=10, default="done")  # done | refused
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"


class AuditSeal(models.Model):
    """A link of the chain over one entry. Made after the entry's transaction, so that writers never wait for
    each other; entries younger than the last seal are the only ones not yet protected (seconds)."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
