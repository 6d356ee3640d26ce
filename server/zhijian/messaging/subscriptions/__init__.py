"""Which news of other domains becomes which message: one file a domain, one line an event.

A new domain needs its wording (``wording/<domain>.json``) and a file here that ends in calls of
:func:`base.tell`; import it below.
"""

from zhijian.messaging.subscriptions import appointments, cases, consultations, content, licences, tickets

__all__ = ["appointments", "cases", "consultations", "content", "licences", "tickets"]
