create table channel_delivery (
  channel      text        not null,
  seq          bigint      not null references outbox_message (seq) on delete cascade,
  attempts     integer     not null default 0,
  next_try_at  timestamptz not null,
  delivered_at timestamptz,
  set_aside_at timestamptz,
  complaint    text,
  primary key (channel, seq)
);

comment on table channel_delivery is 'Notifications that a department gets by mail or webhook as well, written in the transaction that caused them';
comment on column channel_delivery.channel is 'mail:<department> or webhook:<department>';
comment on column channel_delivery.seq is 'The message in the outbox; the order within a channel';
comment on column channel_delivery.next_try_at is 'Not tried before; while it is tried, the end of the hold';
comment on column channel_delivery.delivered_at is 'When the other side took it, null while it waits';
comment on column channel_delivery.set_aside_at is 'When it was given up: refused, or not taken for too long';
comment on column channel_delivery.complaint is 'Why the last try failed, without contents';

create index channel_delivery_waiting on channel_delivery (channel, seq)
  where delivered_at is null and set_aside_at is null;
