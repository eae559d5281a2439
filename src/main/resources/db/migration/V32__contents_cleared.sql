alter table inbox_event add column contents_cleared_at timestamptz;
alter table outbox_message add column contents_cleared_at timestamptz;

comment on column inbox_event.contents_cleared_at is 'When data was let go after its time; who sent what, when, and what became of it is kept for ever';
comment on column outbox_message.contents_cleared_at is 'When the payload was let go after its time';

create index inbox_event_contents on inbox_event (received_at)
  where contents_cleared_at is null and unit is null and outcome in ('APPLIED', 'ALREADY_DONE');
create index outbox_message_contents on outbox_message (created_at) where contents_cleared_at is null;
create index step_closing_contents on step_closing (closed_at) where facts <> '{}'::jsonb;

comment on index inbox_event_contents is 'What is left to clear, the oldest first';
