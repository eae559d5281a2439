create table resource_booking (
  case_id     text        not null references tumor_case (case_id),
  kind        text        not null,
  ref         text        not null,
  department  text        not null,
  unit        text,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  state       text        not null,
  booked_at   timestamptz not null,
  changed_at  timestamptz not null,
  reason      text,
  source      text        not null,
  event_id    text        not null,
  primary key (case_id, kind, source, event_id)
);

comment on table resource_booking is 'Slots and beds that departments booked for a case, and what became of each';
comment on column resource_booking.kind is 'gamma-knife-slot, or-slot or icu-bed';
comment on column resource_booking.ref is 'The department''s own reference of the slot or bed';
comment on column resource_booking.department is 'Slug of the department that holds it';
comment on column resource_booking.unit is 'Gamma Knife unit; null for others';
comment on column resource_booking.state is 'HELD, LOST (the department took it back), REPLACED (by a later booking), RELEASED (we gave it up and told)';
comment on column resource_booking.booked_at is 'Clinical time of the booking';
comment on column resource_booking.changed_at is 'Clinical time since which the state holds';
comment on column resource_booking.reason is 'Code: why it was lost or released';
comment on column resource_booking.source is 'Identity of the booking event, or user:<name> and the task';
