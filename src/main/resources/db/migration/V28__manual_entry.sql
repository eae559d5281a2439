create table manual_entry (
  id           uuid        primary key,
  type         text        not null,
  case_id      text,
  occurred_at  timestamptz not null,
  data         jsonb,
  entered_by   text        not null,
  entered_at   timestamptz not null,
  decided_by   text,
  decided_at   timestamptz,
  is_confirmed boolean
);

comment on table manual_entry is 'What one person entered by hand and a second must confirm before it counts';
comment on column manual_entry.id is 'CloudEvents id of the event that it becomes';
comment on column manual_entry.type is 'Short type department.event';
comment on column manual_entry.case_id is 'Null if only the patient was named';
comment on column manual_entry.data is 'Of the event; null once it is decided, then the inbox has it or nobody';

create index manual_entry_waiting on manual_entry (type, entered_at) where decided_at is null;
create index manual_entry_changed on manual_entry (coalesce(decided_at, entered_at));
