"""The lane's statements: everything that waits is answered by one statement and one commit.

``BOOK`` follows ``actions.reservation`` over the same tables and rules: a seat is taken while its ``until`` lies
ahead, so is a claim, and the unique rows refuse what must not be whatever runs beside it. What differs is that many
persons are served: each takes a seat by rank among the free ones, claims come before bookings (the foreign keys are
checked at commit), and so a claim that fails costs its own request only. Nobody is told that a slot is full while a
seat was free and not given out: ``again`` asks the next batch, which sees what this one left.

The planner takes each of these steps for a row or two. ``(x IN (SELECT …)) IS TRUE`` keeps it from looping over one
step for every row of another: it builds a hash once, and a batch of 256 costs what its rows cost.
"""

from zhijian.appointments.queries.rush_terms import ADMITTED, BLOCKED, positional

_SESSION = """CASE
        WHEN session.id IS NULL OR session.ended_at IS NOT NULL THEN 'identity.session_ended'
        WHEN session.expires_at <= %(now)s THEN 'identity.session_expired'
        WHEN citizen.real_name_level < 1 THEN 'identity.real_name_needed'"""

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
    LEFT JOIN identity_session session ON session.token_hash = asked.token
    LEFT JOIN identity_citizen citizen ON citizen.id = session.citizen_id
    LEFT JOIN (
        SELECT slot.*, counters.hall_id FROM appointments_slot slot
        JOIN appointments_countergroup counters ON counters.id = slot.group_id
    ) slot ON slot.public_id = asked.slot
    LEFT JOIN appointments_rush rush ON rush.id = slot.rush_id
    LEFT JOIN appointments_queueentry entry ON entry.rush_id = rush.id AND entry.citizen_id = citizen.id
    LEFT JOIN appointments_booking earlier ON earlier.booked_by_id = citizen.id AND earlier.key = asked.key
    LEFT JOIN appointments_claim claim
        ON claim.citizen_id = citizen.id AND claim.item_code = slot.item_code AND claim.until > %(now)s
), demand AS MATERIALIZED (
    SELECT wanted.*, (
        SELECT version.id FROM catalog_itemversion version
        WHERE version.code = wanted.item_code AND version.valid_from <= %(now)s
            AND (version.valid_to IS NULL OR version.valid_to > %(now)s)
        ORDER BY version.number DESC LIMIT 1) AS version_id
    FROM (
        SELECT slot_id, item_code, count(*) AS persons FROM judged WHERE verdict = 'ready' GROUP BY 1, 2
    ) wanted
), seats AS MATERIALIZED (
    SELECT free.id, demand.slot_id, demand.version_id, free.pool, row_number() OVER (
        PARTITION BY demand.slot_id ORDER BY array_position(%(pools)s::text[], free.pool::text), free.number) AS rank
    FROM demand CROSS JOIN LATERAL (
        SELECT seat.id, seat.pool, seat.number FROM appointments_seat seat
        WHERE seat.slot_id = demand.slot_id AND seat.pool = ANY(%(pools)s::text[]) AND seat.until <= %(now)s
        ORDER BY array_position(%(pools)s::text[], seat.pool::text), seat.number LIMIT demand.persons
        FOR UPDATE SKIP LOCKED
    ) free
), placed AS MATERIALIZED (
    SELECT ready.*, seats.id AS seat_id, seats.pool, seats.version_id,
        nextval(pg_get_serial_sequence('appointments_booking', 'id')) AS booking_id
    FROM (
        SELECT *, row_number() OVER (PARTITION BY slot_id ORDER BY n) AS rank FROM judged WHERE verdict = 'ready'
    ) ready JOIN seats USING (slot_id, rank)
), claimed AS (
    INSERT INTO appointments_claim AS claim (citizen_id, item_code, booking_id, until)
    SELECT citizen_id, item_code, booking_id, ends_at FROM placed ORDER BY citizen_id
    ON CONFLICT (citizen_id, item_code) DO UPDATE SET booking_id = excluded.booking_id, until = excluded.until
        WHERE claim.until <= %(now)s
    RETURNING booking_id
), booked AS (
    INSERT INTO appointments_booking (
        id, public_id, number, citizen_id, booked_by_id, slot_id, item_code, item_version_id, answers, pool, state,
        via, key, created_at, confirmed_at, reason)
    SELECT booking_id, public_id, number, citizen_id, citizen_id, slot_id, item_code, version_id, '{{}}'::jsonb, pool,
        'confirmed', 'rush', key, %(now)s, %(now)s, ''
    FROM placed WHERE (booking_id IN (SELECT booking_id FROM claimed)) IS TRUE
    RETURNING id
), seated AS (
    UPDATE appointments_seat seat SET booking_id = placed.booking_id, until = placed.ends_at
    FROM placed WHERE seat.id = placed.seat_id AND (placed.booking_id IN (SELECT booked.id FROM booked)) IS TRUE
    RETURNING seat.id, placed.n
), audited AS (
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
    LEFT JOIN identity_session session ON session.token_hash = asked.token
    LEFT JOIN identity_citizen citizen ON citizen.id = session.citizen_id
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
LEFT JOIN identity_session session ON session.token_hash = asked.token
LEFT JOIN identity_citizen citizen ON citizen.id = session.citizen_id
LEFT JOIN appointments_rush rush ON rush.public_id = asked.rush AND rush.mode = 'queue'
LEFT JOIN appointments_queueentry entry ON entry.rush_id = rush.id AND entry.citizen_id = citizen.id
"""  # noqa: S608 - constant parts

#: Values in this order: now, tokens, slots, keys, public_ids, numbers, pools.
BOOK = positional(_BOOK, ("now", "tokens", "slots", "keys", "public_ids", "numbers", "pools"))
#: Values in this order: now, tokens, rushes, public_ids.
JOIN = positional(_JOIN, ("now", "tokens", "rushes", "public_ids"))
#: Values in this order: now, tokens, rushes.
PLACE = positional(_PLACE, ("now", "tokens", "rushes"))
