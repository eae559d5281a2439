create table tumor_case (
  case_id           text primary key,
  patient_ref       text        not null,
  lesion_refs       text[]      not null default '{}',
  status            text        not null,
  urgency           text        not null,
  phase             text        not null,
  opened_at         timestamptz not null,
  closed_at         timestamptz,
  previous_case_id  text,
  prior_srs_courses integer     not null default 0
);

comment on table tumor_case is 'One row a case: the read side of the pathway, and the lock that puts everything about one case in order';
comment on column tumor_case.case_id is 'Business key of the engine''s process instances';
comment on column tumor_case.patient_ref is 'Keyed pseudonym, never a name or record number';
comment on column tumor_case.phase is 'Process id of the phase the case is in';
comment on column tumor_case.opened_at is 'Clinical time of the opening event (milestone detected)';
comment on column tumor_case.closed_at is 'When the pathway ended, null while open';

create index tumor_case_open_patient on tumor_case (patient_ref) where closed_at is null;
create index tumor_case_open_opened on tumor_case (opened_at) where closed_at is null;
