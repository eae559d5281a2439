alter table inbox_event add column ask_at timestamptz;
alter table inbox_event add column settling_task text;

comment on column inbox_event.ask_at is 'When a person is asked (again) about a parked event; null: after the configured time since it was received';
comment on column inbox_event.settling_task is 'The engine''s process instance by which coordination is asked about a parked event; null: nobody is asked';

create index inbox_event_unasked on inbox_event (received_at)
  where outcome = 'PARKED' and unit is null and settling_task is null;
