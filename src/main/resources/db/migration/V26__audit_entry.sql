create table audit_entry (
  number   bigint      primary key,
  at       timestamptz not null,
  deed     text        not null,
  person   text        not null,
  groups   text        not null,
  origin   text,
  case_id  text,
  subject  text,
  previous text        not null,
  hash     text        not null unique
);

comment on table audit_entry is 'Who did, read or changed what: only ever added to, each entry chained to the one before it';
comment on column audit_entry.number is 'From 1, without gaps';
comment on column audit_entry.deed is 'A name of Deed';
comment on column audit_entry.person is 'Who signed in; in brackets what is no person';
comment on column audit_entry.groups is 'Of the person at that time, with commas between';
comment on column audit_entry.origin is 'The address the request came from; null for what came over no network';
comment on column audit_entry.case_id is 'Without a reference: the record outlives its case';
comment on column audit_entry.subject is 'A step, an event, a path, a part of the configuration; never contents';
comment on column audit_entry.previous is 'Hash of the entry before it; of the first, zeros';
comment on column audit_entry.hash is 'SHA-256, in hex, of all columns before it, each with its length before it';

create index audit_entry_of_case on audit_entry (case_id, number) where case_id is not null;
create index audit_entry_of_person on audit_entry (person, number);
create index audit_entry_of_deed on audit_entry (deed, number);

create table audit_head (
  is_row boolean primary key default true check (is_row),
  number bigint  not null,
  hash   text    not null
);

comment on table audit_head is 'The last entry of the audit trail: locked by whoever adds the next one, and the proof that the end was not cut off';

insert into audit_head (number, hash) values (0, repeat('0', 64));

create function audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception '%: % is refused, the audit trail is only ever added to', tg_table_name, lower(tg_op)
    using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_entry_is_kept before update or delete on audit_entry
  for each row execute function audit_is_kept();
create trigger audit_entry_is_not_emptied before truncate on audit_entry
  for each statement execute function audit_is_kept();
create trigger audit_head_is_kept before delete on audit_head
  for each row execute function audit_is_kept();
create trigger audit_head_is_not_emptied before truncate on audit_head
  for each statement execute function audit_is_kept();
