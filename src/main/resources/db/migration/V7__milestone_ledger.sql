alter table milestone
  add column joined       jsonb       not null default '[]',
  add column clock        text,
  add column reason       text,
  add column amended_at   timestamptz,
  add column amended_by   text,
  add column amendment_id text,
  add column retracted    boolean     not null default false;

comment on column milestone.joined is 'The milestones (name, source, eventId) whose latest instant this one is; empty for one that an event tells itself';
comment on column milestone.clock is 'The SLA clock that a pause, waiver or acknowledgement is about; null for a clinical instant';
comment on column milestone.reason is 'Reason code of an adjustment, correction or retraction';
comment on column milestone.amended_at is 'When the correction or retraction was made; of several of one milestone the newest counts. Null for what was said first';
comment on column milestone.amended_by is 'CloudEvents source of the correction or retraction';
comment on column milestone.amendment_id is 'CloudEvents id of the correction or retraction';
comment on column milestone.retracted is 'The milestone was taken back';
