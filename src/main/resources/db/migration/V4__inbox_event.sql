create table inbox_event (
  source         text        not null,
  id             text        not null,
  seq            bigint generated always as identity,
  type           text        not null,
  department     text        not null,
  subject        text,
  patient_ref    text,
  unit           text,
  case_id        text,
  clinical_at    timestamptz,
  received_at    timestamptz not null,
  outcome        text        not null check (outcome in ('APPLIED', 'PARKED', 'ALREADY_DONE', 'REFUSED', 'FAILED')),
  reason         text,
  disagrees      boolean     not null default false,
  decided_at     timestamptz not null,
  correlation_id text,
  trace_parent   text,
  data           jsonb,
  primary key (source, id)
);

comment on table inbox_event is 'Every event ever received, once: source and id are its identity for ever';
comment on column inbox_event.type is 'Short type department.event, or the claimed wire type where it was refused';
comment on column inbox_event.unit is 'The Gamma Knife unit, for events about a unit instead of a patient';
comment on column inbox_event.case_id is 'The case it was applied to, or would be';
comment on column inbox_event.reason is 'A sentence: why parked and what releases it, why refused or failed, what was already done';
comment on column inbox_event.disagrees is 'It was already done, but with another time or value';
comment on column inbox_event.data is 'The schema-checked payload; null where it was refused';

create index inbox_event_parked on inbox_event (patient_ref) where outcome = 'PARKED';
create index inbox_event_unit on inbox_event (unit, clinical_at) where unit is not null;
create index inbox_event_of_case on inbox_event (case_id, seq);
create index inbox_event_newest on inbox_event (seq);
