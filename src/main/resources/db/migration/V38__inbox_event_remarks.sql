alter table inbox_event add column note text;
alter table inbox_event add column content_digest bytea;
alter table inbox_event add column reused_times integer not null default 0;
alter table inbox_event add column reused_at timestamptz;

comment on column inbox_event.note is 'What was odd about the record that was taken all the same: fields that no schema knows, another key than the patient''s';
comment on column inbox_event.content_digest is 'HMAC-SHA256 of type, case named, clinical time and data as taken, under digest_key: tells a duplicate from an id used again; null for events from before, and once the patient is erased';
comment on column inbox_event.reused_times is 'How often the identity came again with other content, which was not taken';
comment on column inbox_event.reused_at is 'When that happened last';

create index inbox_event_reused on inbox_event (department, reused_at) where reused_at is not null;
