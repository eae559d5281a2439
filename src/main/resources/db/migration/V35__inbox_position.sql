create table inbox_position (
  topic            text    not null,
  partition_number integer not null,
  next_offset      bigint  not null,
  primary key (topic, partition_number)
);

comment on table inbox_position is 'How far each department''s topic is on record, moved in the transaction that puts the records there; where Kafka''s offset is ahead of it, the database went back in time and reading goes back with it';
comment on column inbox_position.partition_number is '-1: the topic was read before positions were noted, and its partitions without a row begin where Kafka says';
comment on column inbox_position.next_offset is 'Of the first record that is not on record yet';

insert into inbox_position (topic, partition_number, next_offset)
select distinct 'tumorboard.events.' || department, -1, 0 from inbox_event;
