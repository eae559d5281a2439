alter table inbox_event add column awaits_turn boolean not null default false;

comment on column inbox_event.awaits_turn is 'A parked event that has not been tried since its patient''s case last moved: so many of the patient''s events can be taken that they are taken in slices';

create index inbox_event_turn on inbox_event (patient_ref) where outcome = 'PARKED' and awaits_turn;
