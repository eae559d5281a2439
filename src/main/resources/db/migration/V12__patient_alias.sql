create table patient_alias (
  patient_ref    text        primary key,
  surviving_ref  text        not null,
  case_id        text        not null references tumor_case (case_id),
  merged_at      timestamptz not null,
  recorded_at    timestamptz not null,
  reason         text,
  confirmed_by   text        not null,
  confirmed_also text        not null
);

comment on table patient_alias is 'Pseudonyms that were given up for another after two people had confirmed it; rows are only ever added';
comment on column patient_alias.patient_ref is 'The pseudonym that was given up; events may still name it';
comment on column patient_alias.surviving_ref is 'The pseudonym that remains';
comment on column patient_alias.case_id is 'The case that was re-keyed';
comment on column patient_alias.merged_at is 'Clinical time of the second confirmation';
comment on column patient_alias.recorded_at is 'When the engine re-keyed the case';
comment on column patient_alias.reason is 'Reason code of the second confirmation';
comment on column patient_alias.confirmed_by is 'user:<name> of the first person';
comment on column patient_alias.confirmed_also is 'user:<name> of the second person';

create index patient_alias_surviving on patient_alias (surviving_ref);
create index patient_alias_case on patient_alias (case_id);
