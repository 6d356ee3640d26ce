"""A rush's statements: everything that waits is answered by one statement and one commit.

``BOOK`` judges each request and reserves for those that may (``actions.reservation``). The lane asks for many, known
by their sessions; the ordinary path for one, known by the person. Nobody is told that a slot is full while a seat was
free and not given out: ``again`` asks anew, and sees what this time left.
"""

from zhijian.appointments.actions.reservation import RESERVE, patient
from zhijian.appointments.queries.rush_terms import ADMITTED, BLOCKED, positional

_SESSION = """CASE
        WHEN session.id IS NULL OR session.ended_at IS NOT NULL THEN 'identity.session_ended'
        WHEN session.expires_at <= %(now)s THEN 'identity.session_expired'
        WHEN citizen.real_name_level < 1 THEN 'identity.real_name_needed'"""
_OF_SESSION = """LEFT JOIN identity_session session ON session.token_hash = asked.token
    LEFT JOIN identity_citizen citizen ON citizen.id = session.citizen_id"""
_KNOWN = "CASE WHEN citizen.id IS NULL THEN 'identity.session_ended'"
_OF_PERSON = "LEFT JOIN identity_citizen citizen ON citizen.public_id = asked.token"

_BOOK = f"""
WITH asked AS (
    SELECT * FROM unnest(%(tokens)s::text[], %(slots)s::text[], %(keys)s::text[], %(public_ids)s::text[],
        %(numbers)s::text[]) WITH ORDINALITY AS asked(token, slot, key, public_id, number, n)
), judged AS MATERIALIZED (
    SELECT asked.n, asked.key, asked.public_id, asked.number, citizen.id AS citizen_id,
        citizen.public_id AS actor, slot.id AS slot_id, slot.item_code, slot.ends_at, earlier.id AS earlier_id,
    {_SESSION}
        WHEN earlier.id IS NOT NULL AND earlier.slot_id IS DISTINCT FROM slot.id THEN 'core.idempotency_key_reused'
        WHEN earlier.id IS NOT NULL THEN 'done'
        WHEN slot.id IS NULL THEN 'appointments.slot_unknown'
        WHEN slot.closed THEN 'appointments.slot_closed'
        WHEN slot.opens_at > %(now)s THEN 'appointments.slot_not_open'
        WHEN slot.closes_at <= %(now)s THEN 'appointments.slot_past'
        WHEN NOT {ADMITTED} THEN 'appointments.rush_only'
        WHEN {BLOCKED} THEN 'appointments.blocked'
        WHEN claim.id IS NOT NULL THEN 'appointments.already_booked'
        WHEN row_number() OVER (PARTITION BY citizen.id ORDER BY asked.n) > 1 THEN 'again'
        ELSE 'ready' END AS verdict
    FROM asked
    {_OF_SESSION}
    LEFT JOIN (
        SELECT slot.*, counters.hall_id FROM appointments_slot slot
        JOIN appointments_countergroup counters ON counters.id = slot.group_id
    ) slot ON slot.public_id = asked.slot
    LEFT JOIN appointments_rush rush ON rush.id = slot.rush_id
    LEFT JOIN appointments_queueentry entry ON entry.rush_id = rush.id AND entry.citizen_id = citizen.id
    LEFT JOIN appointments_booking earlier ON earlier.booked_by_id = citizen.id AND earlier.key = asked.key
    LEFT JOIN appointments_claim claim
        ON claim.citizen_id = citizen.id AND claim.item_code = slot.item_code AND claim.until > %(now)s
), ready AS MATERIALIZED (
    SELECT n, citizen_id, citizen_id AS booked_by_id, slot_id, item_code, ends_at AS until, public_id, number, key,
        '{{}}'::jsonb AS answers, actor
    FROM judged WHERE verdict = 'ready'
), {RESERVE}, audited AS (
    INSERT INTO audit_auditentry (at, actor_kind, actor_key, actor_label, action, subject, outcome, facts)
    SELECT %(now)s, 'citizen', actor, '申请人', 'booking.confirmed', 'booking:' || public_id, 'done',
        '{{"via": "rush"}}'::jsonb
    FROM placed WHERE (n IN (SELECT seated.n FROM seated)) IS TRUE ORDER BY n
), told AS MATERIALIZED (
    SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('events', 'zhijian.appointments.tasks.rush.tell_confirmed', 0, NULL, NULL,
        jsonb_build_object('booking_ids', jsonb_agg(public_id ORDER BY n)), NULL)::procrastinate_job_to_defer_v1])
    FROM placed WHERE (n IN (SELECT seated.n FROM seated)) IS TRUE HAVING count(*) > 0
), kept AS MATERIALIZED (
    SELECT seat.slot_id FROM appointments_seat seat JOIN demand ON demand.slot_id = seat.slot_id
    WHERE seat.pool = ANY(%(pools)s::text[]) AND seat.until <= %(now)s
        AND seat.id NOT IN (SELECT seated.id FROM seated)
)
SELECT judged.n, CASE
        WHEN judged.verdict <> 'ready' THEN judged.verdict
        WHEN judged.n IN (SELECT seated.n FROM seated) THEN 'done'
        WHEN judged.n IN (SELECT placed.n FROM placed) OR judged.slot_id IN (SELECT kept.slot_id FROM kept) THEN 'again'
        ELSE 'appointments.slot_full' END AS verdict,
    coalesce(earlier.public_id, judged.public_id) AS id, coalesce(earlier.number, judged.number) AS number,
    coalesce(earlier.state, 'confirmed') AS state, slot.public_id AS slot, slot.item_code, slot.starts_at, slot.ends_at,
    (SELECT count(*) FROM told) AS told
FROM judged
LEFT JOIN appointments_booking earlier ON earlier.id = judged.earlier_id
LEFT JOIN appointments_slot slot ON slot.id = judged.slot_id
"""  # noqa: S608 - constant parts

#: In queues only: a draw's wishes change rarely and go the ordinary way.
_JOIN = f"""
WITH asked AS (
    SELECT * FROM unnest(%(tokens)s::text[], %(rushes)s::text[], %(public_ids)s::text[]) WITH ORDINALITY
        AS asked(token, rush, public_id, n)
), judged AS MATERIALIZED (
    SELECT asked.n, asked.public_id, citizen.id AS citizen_id, citizen.public_id AS actor, rush.id AS rush_id,
        entry.id AS entry_id,
    {_SESSION}
        WHEN rush.id IS NULL THEN 'appointments.rush_unknown'
        WHEN entry.id IS NOT NULL THEN 'done'
        WHEN rush.joins_from > %(now)s THEN 'appointments.join_not_open'
        WHEN rush.closes_at <= %(now)s THEN 'appointments.join_closed'
        WHEN row_number() OVER (PARTITION BY citizen.id, rush.id ORDER BY asked.n) > 1 THEN 'again'
        ELSE 'ready' END AS verdict
    FROM asked
    {_OF_SESSION}
    LEFT JOIN appointments_rush rush ON rush.public_id = asked.rush AND rush.mode = 'queue'
    LEFT JOIN appointments_queueentry entry ON entry.rush_id = rush.id AND entry.citizen_id = citizen.id
), counted AS (
    UPDATE appointments_rush rush SET joined = rush.joined + newcomers.many
    FROM (SELECT rush_id, count(*) AS many FROM judged WHERE verdict = 'ready' GROUP BY 1) newcomers
    WHERE rush.id = newcomers.rush_id
    RETURNING rush.id, rush.joined - newcomers.many AS before
), entered AS (
    INSERT INTO appointments_queueentry (public_id, rush_id, citizen_id, position, joined_at, wishes)
    SELECT ready.public_id, ready.rush_id, ready.citizen_id, counted.before + ready.rank, %(now)s, '[]'::jsonb
    FROM (
        SELECT *, row_number() OVER (PARTITION BY rush_id ORDER BY n) AS rank FROM judged WHERE verdict = 'ready'
    ) ready JOIN counted ON counted.id = ready.rush_id
    ORDER BY ready.citizen_id
    ON CONFLICT (rush_id, citizen_id) DO NOTHING
    RETURNING public_id, position
), audited AS (
    INSERT INTO audit_auditentry (at, actor_kind, actor_key, actor_label, action, subject, outcome, facts)
    SELECT %(now)s, 'citizen', judged.actor, '申请人', 'rush.joined', 'queue:' || entered.public_id, 'done',
        jsonb_build_object('rush', rush.public_id)
    FROM entered JOIN judged USING (public_id) JOIN appointments_rush rush ON rush.id = judged.rush_id
)
SELECT judged.n, CASE
        WHEN judged.verdict <> 'ready' THEN judged.verdict
        WHEN entered.position IS NULL THEN 'again'
        ELSE 'done' END AS verdict,
    rush.public_id AS rush, coalesce(entry.position, entered.position) AS position,
    rush.opens_at, rush.closes_at, rush.per_second, rush.window_minutes
FROM judged
LEFT JOIN entered ON entered.public_id = judged.public_id
LEFT JOIN appointments_queueentry entry ON entry.id = judged.entry_id
LEFT JOIN appointments_rush rush ON rush.id = judged.rush_id
"""  # noqa: S608 - constant parts

_PLACE = f"""
WITH asked AS (
    SELECT * FROM unnest(%(tokens)s::text[], %(rushes)s::text[]) WITH ORDINALITY AS asked(token, rush, n)
)
SELECT asked.n, {_SESSION}
        WHEN rush.id IS NULL THEN 'appointments.rush_unknown'
        WHEN entry.id IS NULL THEN 'appointments.not_joined'
        ELSE 'done' END AS verdict,
    rush.public_id AS rush, entry.position, rush.opens_at, rush.closes_at, rush.per_second, rush.window_minutes
FROM asked
{_OF_SESSION}
LEFT JOIN appointments_rush rush ON rush.public_id = asked.rush AND rush.mode = 'queue'
LEFT JOIN appointments_queueentry entry ON entry.rush_id = rush.id AND entry.citizen_id = citizen.id
"""  # noqa: S608 - constant parts

BOOK = positional(_BOOK, ("now", "tokens", "slots", "keys", "public_ids", "numbers", "pools", "state", "via"))
"""Values in this order."""
BOOK_ONE = _BOOK.replace(_SESSION, _KNOWN).replace(_OF_SESSION, _OF_PERSON)
"""The same for persons who are known already: their public ids in place of tokens. Values by name."""
BOOK_ONE_PATIENTLY = patient(BOOK_ONE)
#: Values in this order: now, tokens, rushes, public_ids.
JOIN = positional(_JOIN, ("now", "tokens", "rushes", "public_ids"))
#: Values in this order: now, tokens, rushes.
PLACE = positional(_PLACE, ("now", "tokens", "rushes"))
