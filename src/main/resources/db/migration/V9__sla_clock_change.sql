create table sla_clock_change (
  seq         bigint generated always as identity primary key,
  case_id     text        not null references tumor_case,
  clock       text        not null,
  anchor      text        not null,
  recorded_at timestamptz not null,
  what        text        not null,
  state       text        not null,
  started_at  timestamptz not null,
  latest_at   timestamptz not null,
  threshold   text,
  reason      text,
  source      text,
  event_id    text
);

comment on table sla_clock_change is 'The life of each clock, as it became known: rows are only ever added';
comment on column sla_clock_change.what is 'STARTED, MOVED, STOPPED, ANNOUNCED, OVERTAKEN, WITHDRAWN, PAUSED, RESUMED, WAIVED, ACKNOWLEDGED, CANCELLED';
comment on column sla_clock_change.state is 'The clock''s state before a MOVED or WITHDRAWN, after everything else';
comment on column sla_clock_change.started_at is 'Its start, before a MOVED, after everything else';
comment on column sla_clock_change.latest_at is 'Its limit, before a MOVED, after everything else';
comment on column sla_clock_change.threshold is 'The threshold that was announced, overtaken or withdrawn';
comment on column sla_clock_change.reason is 'Reason code of a correction, retraction, pause, waiver or acknowledgement';

create index sla_clock_change_of_case on sla_clock_change (case_id, clock, seq);
