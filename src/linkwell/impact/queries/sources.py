"""The questions behind the report: each names the rows that its numbers count, with what they are filtered by.

Every source gives id, at, person_id, case_id, referral_id, team_id, named (the practice, as it was typed), referrer,
amount and words (for the list), and columns of its own for the conditions in `numbers`. The values that vary are
parameters: organisation, starts, ends (the first moment of the month and of the next), upto (the end, or now if that
is sooner).
"""
# ruff: noqa: S608 - every part of a statement is a constant of this app; what varies is a parameter.

# What every source can be filtered by. `r`, `c`, `p`: the referral, the case and the person it is about.
_WHO = """
  coalesce(nullif(p.gp_practice_name, ''), r.gp_practice_name, '') AS named,
  coalesce(o.name, CASE r.source WHEN 'self' THEN 'The person' WHEN 'relative' THEN 'A relative or friend'
    WHEN 'professional' THEN 'A professional without an account' ELSE 'No referral' END) AS referrer
"""
_DAY = "({} AT TIME ZONE 'Europe/London')::date"
_OF_REFERRAL = """
  LEFT JOIN casework_case c ON c.referral_id = r.id
  LEFT JOIN people_person p ON p.id = r.person_id
  LEFT JOIN accounts_organisation o ON o.id = r.sender_organisation_id
"""
# What was opened by mistake was no support, and counts nowhere (`casework.endings.NOT_COUNTED`).
_OF_CASE = """
  JOIN people_person p ON p.id = c.person_id AND c.closing_reason <> 'in_error'
  LEFT JOIN referrals_referral r ON r.id = c.referral_id
  LEFT JOIN accounts_organisation o ON o.id = r.sender_organisation_id
"""
_CASE_IDS = "c.person_id, c.id AS case_id, c.referral_id, c.team_id"
_REFERRAL_IDS = "r.person_id, c.id AS case_id, r.id AS referral_id, r.team_id"
_NAME = "coalesce(nullif(p.preferred_name, ''), p.given_name)"

RECEIVED = f"""
SELECT r.id, r.received_at AS at, {_REFERRAL_IDS}, {_WHO}, NULL::numeric AS amount, r.reference AS words
FROM referrals_referral r {_OF_REFERRAL}
WHERE r.organisation_id = %(organisation)s AND r.received_at >= %(starts)s AND r.received_at < %(ends)s
"""
NEEDS_REFERRED = f"""
SELECT r.id, r.received_at AS at, {_REFERRAL_IDS}, {_WHO}, NULL::numeric AS amount, r.reference AS words, n.need
FROM referrals_referral r {_OF_REFERRAL} CROSS JOIN LATERAL (SELECT DISTINCT unnest(r.needs) AS need) n
WHERE r.organisation_id = %(organisation)s AND r.received_at >= %(starts)s AND r.received_at < %(ends)s
"""
DECIDED = f"""
SELECT r.id, r.decided_at AS at, {_REFERRAL_IDS}, {_WHO}, NULL::numeric AS amount, r.reference AS words,
  r.state, r.decline_reason
FROM referrals_referral r {_OF_REFERRAL}
WHERE r.organisation_id = %(organisation)s AND r.decided_at >= %(starts)s AND r.decided_at < %(ends)s
"""
# Each referral's clocks are measured by `casework.queries.clocks` and come in as lists beside their ids.
CLOCKS = f"""
SELECT r.id, r.received_at AS at, {_REFERRAL_IDS}, {_WHO}, NULL::numeric AS amount, r.reference AS words,
  k.first_try, k.first_talk
FROM unnest(%(clock_ids)s::uuid[], %(first_try)s::text[], %(first_talk)s::text[]) AS k(id, first_try, first_talk)
JOIN referrals_referral r ON r.id = k.id
  {_OF_REFERRAL}
WHERE r.organisation_id = %(organisation)s
"""
# Who waits and who is supported at `upto`. The state a case had then is in its history, whatever became of it since.
_WAITED = "(%(last_day)s::date - " + _DAY + ")::numeric"
STANDING = f"""
SELECT r.id, r.received_at AS at, {_REFERRAL_IDS}, {_WHO}, {_WAITED.format("r.received_at")} AS amount,
  r.reference AS words, 'decision' AS waiting_for, '' AS state
FROM referrals_referral r {_OF_REFERRAL}
WHERE r.organisation_id = %(organisation)s AND r.received_at < %(upto)s
  AND (r.state IN ('received', 'asked') OR r.decided_at >= %(upto)s)
UNION ALL
SELECT c.id, coalesce(r.received_at, c.opened_at), {_CASE_IDS}, {_WHO},
  CASE then_.state WHEN 'waiting' THEN {_WAITED.format("coalesce(r.received_at, c.opened_at)")} END, '',
  CASE then_.state WHEN 'waiting' THEN 'worker' ELSE '' END, then_.state
FROM casework_case c
CROSS JOIN LATERAL (SELECT s.after AS state FROM core_statechange s
  WHERE s.organisation_id = %(organisation)s AND s.object_id = c.id AND s.at < %(upto)s
  ORDER BY s.id DESC LIMIT 1) then_
{_OF_CASE}
WHERE c.organisation_id = %(organisation)s AND c.opened_at < %(upto)s
  AND (c.closed_at IS NULL OR c.closed_at >= %(upto)s) AND then_.state <> 'closed'
"""
WORKERS = """
SELECT m.id, m.started_at AS at, NULL::uuid AS person_id, NULL::uuid AS case_id, NULL::uuid AS referral_id, m.team_id,
  '' AS named, '' AS referrer,
  round(least(1, coalesce(m.hours_a_week, w.full_week) / w.full_week), 2) AS amount, u.name AS words
FROM accounts_membership m
JOIN accounts_user u ON u.id = m.user_id
LEFT JOIN accounts_teamrules t ON t.team_id = m.team_id
CROSS JOIN LATERAL (SELECT coalesce(t.full_time_hours, %(full_week)s) AS full_week) w
WHERE m.organisation_id = %(organisation)s AND m.role = 'link_worker'
  AND m.started_at < %(upto)s AND (m.ended_at IS NULL OR m.ended_at >= %(upto)s)
"""
INTERACTIONS = f"""
SELECT i.id, i.happened_at AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, '' AS words, i.outcome, i.kind
FROM casework_interaction i JOIN casework_case c ON c.id = i.case_id {_OF_CASE}
WHERE i.organisation_id = %(organisation)s AND i.happened_at >= %(starts)s AND i.happened_at < %(ends)s
"""
APPOINTMENTS = f"""
SELECT a.id, a.starts_at AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, '' AS words, a.state
FROM casework_appointment a JOIN casework_case c ON c.id = a.case_id {_OF_CASE}
WHERE a.organisation_id = %(organisation)s AND a.starts_at >= %(starts)s AND a.starts_at < %(ends)s
  AND a.agreed_with_person
"""
NEEDS_PLANNED = f"""
SELECT n.id, n.created_at AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, '' AS words,
  coalesce(nullif(n.code, ''), 'own_words') AS need
FROM casework_need n JOIN casework_plan l ON l.id = n.plan_id JOIN casework_case c ON c.id = l.case_id {_OF_CASE}
WHERE n.organisation_id = %(organisation)s AND n.created_at >= %(starts)s AND n.created_at < %(ends)s
"""
CLOSED = f"""
SELECT c.id, c.closed_at AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, '' AS words, c.closing_reason
FROM casework_case c {_OF_CASE}
WHERE c.organisation_id = %(organisation)s AND c.state = 'closed'
  AND c.closed_at >= %(starts)s AND c.closed_at < %(ends)s
"""
_ONWARD = f"""
FROM onward_onwardreferral w JOIN casework_case c ON c.id = w.case_id {_OF_CASE}
JOIN directory_service d ON d.id = w.service_id
"""
ONWARD_MADE = f"""
SELECT w.id, w.sent_at AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, d.name AS words {_ONWARD}
WHERE w.organisation_id = %(organisation)s AND w.sent_at >= %(starts)s AND w.sent_at < %(ends)s
"""
# `answered_at` is the newest answer, so it only narrows the search; the history has the first yes.
ONWARD_ACCEPTED = f"""
SELECT w.id, yes.at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, d.name AS words {_ONWARD}
CROSS JOIN LATERAL (SELECT min(s.at) AS at FROM core_statechange s
  WHERE s.organisation_id = %(organisation)s AND s.object_id = w.id AND s.after = 'accepted') yes
WHERE w.organisation_id = %(organisation)s AND w.answered_at >= %(starts)s
  AND yes.at >= %(starts)s AND yes.at < %(ends)s
"""
ONWARD_ATTENDED = f"""
SELECT w.id, came.first::timestamp AT TIME ZONE 'Europe/London' AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount,
  d.name AS words {_ONWARD}
JOIN (SELECT onward_referral_id, min("on") AS first FROM onward_attendance
  WHERE organisation_id = %(organisation)s AND came GROUP BY onward_referral_id) came ON came.onward_referral_id = w.id
WHERE w.organisation_id = %(organisation)s AND came.first >= %(first_day)s AND came.first < %(next_first_day)s
"""
SIGNPOSTS = f"""
SELECT g.id, g.created_at AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, d.name AS words
FROM onward_signpost g JOIN casework_case c ON c.id = g.case_id {_OF_CASE}
JOIN directory_service d ON d.id = g.service_id
WHERE g.organisation_id = %(organisation)s AND g.created_at >= %(starts)s AND g.created_at < %(ends)s
"""
# Links run both ways and in chains; only the few records that have one are followed.
_KNOWN = ("ethnicity", "language", "disability")
_IS_KNOWN = ", ".join(f"bool_or(q.{name} <> '') AS {name}" for name in _KNOWN)
_NOT_KNOWN = ", ".join(f"NOT coalesce(who.{name}, p.{name} <> '') AS no_{name}" for name in _KNOWN)
PEOPLE_ACCEPTED = f"""
SELECT DISTINCT ON (one) p.id, c.opened_at AS at, {_CASE_IDS}, {_WHO}, NULL::numeric AS amount, '' AS words,
  coalesce(who.one, p.id) AS one, {_NOT_KNOWN}
FROM casework_case c {_OF_CASE}
LEFT JOIN (
  WITH RECURSIVE link(one, other) AS (
    SELECT record_id, same_as_id FROM people_identitylink
    WHERE organisation_id = %(organisation)s AND undone_at IS NULL),
  same(start, id) AS (
    SELECT one, one FROM link UNION SELECT other, other FROM link UNION
    SELECT same.start, CASE WHEN link.one = same.id THEN link.other ELSE link.one END
    FROM same JOIN link ON same.id IN (link.one, link.other))
  SELECT same.start, min(same.id::text)::uuid AS one, {_IS_KNOWN}
  FROM same JOIN people_person q ON q.id = same.id GROUP BY same.start) who ON who.start = p.id
WHERE c.organisation_id = %(organisation)s AND c.opened_at >= %(starts)s AND c.opened_at < %(ends)s
ORDER BY one, c.opened_at, c.id
"""
# Sessions, clinics and meetings have no referral; what is about somebody has their practice.
_NOBODY = "NULL::uuid AS person_id, NULL::uuid AS case_id, NULL::uuid AS referral_id"
_NO_WHO = "'' AS named, 'No referral' AS referrer"
_PERSON = "p.id AS person_id, NULL::uuid AS case_id, NULL::uuid AS referral_id"
_PERSON_WHO = "p.gp_practice_name AS named, 'No referral' AS referrer"
_HELD = """{0}.organisation_id = %(organisation)s AND {0}.state = 'held'
  AND {0}.starts_at >= %(starts)s AND {0}.starts_at < %(ends)s"""
SESSIONS = f"""
SELECT s.id, s.starts_at AS at, {_NOBODY}, s.team_id, {_NO_WHO}, s.walk_ins::numeric AS amount, s.topic AS words
FROM groupwork_workersession s WHERE {_HELD.format("s")}
"""
SESSION_CAME = f"""
SELECT k.id, s.starts_at AS at, {_PERSON}, s.team_id, {_PERSON_WHO}, NULL::numeric AS amount, s.topic AS words
FROM groupwork_sessionplace k JOIN groupwork_workersession s ON s.id = k.session_id
JOIN people_person p ON p.id = k.person_id
WHERE {_HELD.format("s")} AND k.came AND k.ended_at IS NULL
"""
CLINICS = f"""
SELECT k.id, k.starts_at AS at, {_NOBODY}, k.team_id, o.name AS named, 'No referral' AS referrer,
  k.walk_ins::numeric AS amount, k.room AS words
FROM groupwork_clinic k JOIN accounts_organisation o ON o.id = k.practice_id WHERE {_HELD.format("k")}
"""
CLINIC_TIMES = f"""
SELECT l.id, l.starts_at AS at, {_NOBODY}, k.team_id, o.name AS named, 'No referral' AS referrer,
  NULL::numeric AS amount, k.room AS words, l.state
FROM groupwork_clinicslot l JOIN groupwork_clinic k ON k.id = l.clinic_id
JOIN accounts_organisation o ON o.id = k.practice_id WHERE {_HELD.format("k")}
"""
MEETINGS = f"""
SELECT m.id, m.starts_at AS at, {_NOBODY}, m.team_id, {_NO_WHO}, NULL::numeric AS amount, m.title AS words
FROM groupwork_meeting m WHERE {_HELD.format("m")}
"""
DISCUSSED = f"""
SELECT DISTINCT ON (p.id) t.id, m.starts_at AS at, {_PERSON}, m.team_id, {_PERSON_WHO}, NULL::numeric AS amount,
  m.title AS words
FROM groupwork_meetingitem t JOIN groupwork_meeting m ON m.id = t.meeting_id JOIN people_person p ON p.id = t.person_id
WHERE {_HELD.format("m")} ORDER BY p.id, m.starts_at, t.id
"""
# Everybody whose referral waited, came or was decided about this month, or who was supported in it.
CHOSEN_FROM = f"""
SELECT {_WHO} FROM referrals_referral r {_OF_REFERRAL}
WHERE r.organisation_id = %(organisation)s AND r.received_at < %(ends)s
  AND (r.decided_at IS NULL OR r.decided_at >= %(starts)s)
UNION
SELECT {_WHO} FROM casework_case c {_OF_CASE}
WHERE c.organisation_id = %(organisation)s AND c.opened_at < %(ends)s
  AND (c.closed_at IS NULL OR c.closed_at >= %(starts)s)
"""
SOURCES = {
    "received": RECEIVED,
    "needs_referred": NEEDS_REFERRED,
    "decided": DECIDED,
    "standing": STANDING,
    "clocks": CLOCKS,
    "workers": WORKERS,
    "interactions": INTERACTIONS,
    "appointments": APPOINTMENTS,
    "needs_planned": NEEDS_PLANNED,
    "closed": CLOSED,
    "onward_made": ONWARD_MADE,
    "onward_accepted": ONWARD_ACCEPTED,
    "onward_attended": ONWARD_ATTENDED,
    "signposts": SIGNPOSTS,
    "people_accepted": PEOPLE_ACCEPTED,
    "sessions": SESSIONS,
    "session_came": SESSION_CAME,
    "clinics": CLINICS,
    "clinic_times": CLINIC_TIMES,
    "meetings": MEETINGS,
    "discussed": DISCUSSED,
}
