create table inbox_loss (
  topic            text        not null,
  partition_number integer     not null,
  from_offset      bigint      not null,
  to_offset        bigint      not null,
  noticed_at       timestamptz not null,
  primary key (topic, partition_number, from_offset)
);

create index inbox_loss_noticed on inbox_loss (noticed_at);

comment on table inbox_loss is 'Records that Kafka removed before they were on record here, because retention took them or somebody deleted them';
comment on column inbox_loss.from_offset is 'Of the first record that was not on record';
comment on column inbox_loss.to_offset is 'Where Kafka went on; so many offsets are at most so many records, since markers of transactions and compaction leave some empty';
