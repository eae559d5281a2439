create table step_closing (
  seq         bigint generated always as identity primary key,
  case_id     text        not null references tumor_case,
  step        text        not null,
  element_id  text        not null,
  event_type  text        not null,
  how         text        not null check (how in ('EVENT', 'HAND', 'WITHDRAWN')),
  clinical_at timestamptz,
  closed_at   timestamptz not null,
  source      text        not null,
  event_id    text        not null,
  facts       jsonb       not null default '{}'
);

comment on table step_closing is 'How each step ended: by its event, by hand in Tasklist, or withdrawn because it was no longer needed';
comment on column step_closing.event_type is 'Short type of the event that closes the step, department.event';
comment on column step_closing.clinical_at is 'When it clinically happened; null for a withdrawn step';
comment on column step_closing.closed_at is 'When the engine closed the step';
comment on column step_closing.facts is 'What was said on closing: the event''s data or the form''s fields';

create index step_closing_of_case on step_closing (case_id, event_type);
