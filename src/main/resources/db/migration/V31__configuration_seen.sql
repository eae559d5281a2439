create table configuration_seen (
  name  text primary key,
  value text not null
);

comment on table configuration_seen is 'The configuration of the last start, of whichever node, so that the next tells the audit trail what changed';
comment on column configuration_seen.name is 'A setting, or a model or table that cases follow';
comment on column configuration_seen.value is 'The beginning of the SHA-256 of a setting, of a secret only that it is set; the version of a model or table';
