alter table inbox_event add column fact_not_taken boolean not null default false;

comment on column inbox_event.fact_not_taken is 'A treatment, a stop or a death that was refused or failed: it stands on the patient''s case page until it is sent again and taken';

create index inbox_event_fact_not_taken on inbox_event (decided_at) where fact_not_taken;
create index inbox_event_refused_of_patient on inbox_event (patient_ref) where outcome = 'REFUSED' and patient_ref is not null;
create index inbox_event_refused_of_case on inbox_event (subject)
  where outcome = 'REFUSED' and patient_ref is null and subject is not null;
