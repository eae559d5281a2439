create table outbox_message (
  seq            bigint generated always as identity primary key,
  message_id     uuid        not null,
  topic          text        not null,
  key            text        not null,
  type           text        not null,
  occurred_at    timestamptz not null,
  created_at     timestamptz not null,
  sent_at        timestamptz,
  correlation_id text,
  causation_id   text,
  trace_parent   text,
  payload        jsonb       not null
);

comment on table outbox_message is 'What must reach Kafka, written in the transaction that caused it; order within a key is that of seq';
comment on column outbox_message.message_id is 'CloudEvents id on the wire, the same for every re-send';
comment on column outbox_message.key is 'Kafka key: the case id';
comment on column outbox_message.occurred_at is 'Clinical time of what caused it';
comment on column outbox_message.sent_at is 'When the broker acknowledged it, null while it waits';

create index outbox_message_waiting on outbox_message (seq) where sent_at is null;
