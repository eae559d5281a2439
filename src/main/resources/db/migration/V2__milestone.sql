create table milestone (
  seq         bigint generated always as identity primary key,
  case_id     text        not null references tumor_case,
  name        text        not null,
  at          timestamptz not null,
  recorded_at timestamptz not null,
  source      text        not null,
  event_id    text        not null
);

comment on table milestone is 'Named clinical instants of a case; rows are only ever added';
comment on column milestone.at is 'When it clinically happened';
comment on column milestone.recorded_at is 'When the engine learned of it';
comment on column milestone.source is 'CloudEvents source of the causing event, or user:<name> where a person said so';
comment on column milestone.event_id is 'CloudEvents id of the causing event, or the id of the task that the person completed';

create index milestone_of_case on milestone (case_id, seq);
