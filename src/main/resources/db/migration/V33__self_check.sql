create table self_check (
  only_row   boolean     primary key default true check (only_row),
  ran_at     timestamptz not null,
  overlooked integer     not null,
  unmended   integer     not null,
  found_at   timestamptz,
  found      integer
);

comment on table self_check is 'One row: what the self-check found when it last ran, on whichever node';
comment on column self_check.overlooked is 'Cases with a threshold that was passed and not on record';
comment on column self_check.unmended is 'Those of them whose threshold could not be put on record then either';
comment on column self_check.found_at is 'When it last found any; null if it never did';
comment on column self_check.found is 'How many cases it found then';
