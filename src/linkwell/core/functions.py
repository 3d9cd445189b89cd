"""Functions of the database that every table and every change uses. `row_security.apply` writes them anew.

The database keeps the plans of what is inside them: telling it the same statements again and again takes longer than
carrying them out.
"""

from linkwell.core.database import SETTINGS

_TELL = ", ".join(f"set_config('{name}', told[{number}], true)" for number, name in enumerate(SETTINGS, start=1))

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION linkwell_organisation() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT current_setting('linkwell.organisation')::uuid $$;

-- Who acts, for this transaction only: the values of `core.database.SETTINGS` in their order.
CREATE OR REPLACE FUNCTION linkwell_tell(told text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM {_TELL};
END $$;

-- The event, and the note that it is to be sealed.
CREATE OR REPLACE FUNCTION linkwell_audit(
  organisation uuid, moment timestamptz, who text, whose uuid, what_role text, why text,
  done text, kind text, thing uuid, person uuid, names text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
BEGIN
  INSERT INTO core_auditevent
    (organisation_id, at, actor_kind, actor_id, role, purpose, verb, object_kind, object_id, person_id, fields)
  VALUES (organisation, moment, who, whose, what_role, why, done, kind, thing, person, names)
  RETURNING id INTO number;
  INSERT INTO core_auditpending (audit_id, organisation_id) VALUES (number, organisation);
END $$;
"""  # noqa: S608 - names of our own settings
