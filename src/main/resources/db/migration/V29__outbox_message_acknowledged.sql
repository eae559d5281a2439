alter table outbox_message add column acknowledge_by timestamptz;
alter table outbox_message add column acknowledged_at timestamptz;
alter table outbox_message add column acknowledged_by text;
alter table outbox_message add column escalated_level smallint not null default 0;
alter table outbox_message add column escalate_at timestamptz;

comment on column outbox_message.acknowledge_by is 'When a person of the department must have acknowledged it; null if nobody need do so';
comment on column outbox_message.acknowledged_by is 'Who acknowledged it';
comment on column outbox_message.escalated_level is 'Up to which level it was told that nobody had: 1 the lead, 2 coordination and board-chair, 3 medical-direction';
comment on column outbox_message.escalate_at is 'When it is looked at again, and the next level told; null if it is acknowledged or no longer matters';

create index outbox_message_unacknowledged on outbox_message (escalate_at) where escalate_at is not null;
create index outbox_message_acknowledged on outbox_message (acknowledged_at) where acknowledged_at is not null;
create index outbox_message_asked on outbox_message (created_at) where acknowledge_by is not null;
