create table sla_clock (
  case_id            text        not null references tumor_case,
  clock              text        not null,
  anchor             text        not null,
  urgency            text        not null,
  policy_version     integer     not null,
  department         text        not null,
  started_at         timestamptz not null,
  started_by         text        not null,
  recorded_at        timestamptz not null,
  earliest_at        timestamptz,
  latest_at          timestamptz not null,
  out_of_protocol_at timestamptz,
  thresholds         jsonb       not null,
  stopped_at         timestamptz,
  stopped_by         text,
  ended_at           timestamptz,
  paused_at          timestamptz,
  waived_at          timestamptz,
  earliest_waived    boolean     not null default false,
  reason             text,
  verdict            text check (verdict in ('MET', 'MET_EARLY', 'MET_LATE', 'BREACHED', 'WAIVED', 'CANCELLED')),
  next_nudge_at      timestamptz,
  changed_at         timestamptz not null,
  primary key (case_id, clock, anchor)
);

comment on table sla_clock is 'Each run of each SLA clock of a case, as the milestones and the policy give it; kept in step with them in every transaction';
comment on column sla_clock.anchor is 'Source and id of the event whose milestone started this run: its identity, also after a correction';
comment on column sla_clock.urgency is 'Urgency class whose limits count: at the stop, or now';
comment on column sla_clock.policy_version is 'Version of the decision table sla-policy that was in force when the run started';
comment on column sla_clock.department is 'The group that owns it: level 0';
comment on column sla_clock.started_at is 'Clinical time of the starting milestone, or the due date it runs towards';
comment on column sla_clock.started_by is 'Name of the starting milestone';
comment on column sla_clock.recorded_at is 'When the engine learned that it had started';
comment on column sla_clock.earliest_at is 'Before it, stopping is too early; null for a clock without lower bound';
comment on column sla_clock.latest_at is 'Last instant at which it is met; shifted by the pauses that have ended';
comment on column sla_clock.thresholds is 'Warning, breach and escalation instants with what became of each';
comment on column sla_clock.stopped_at is 'Clinical time of the milestone that met it, in time or not';
comment on column sla_clock.stopped_by is 'Name, source and id of that milestone';
comment on column sla_clock.ended_at is 'When it ended without being met: started anew, no longer asked for, case closed';
comment on column sla_clock.paused_at is 'Since when it is paused; null while it runs';
comment on column sla_clock.verdict is 'Null while it is open: then its state is told against now';
comment on column sla_clock.next_nudge_at is 'The nearest threshold that is not on record yet';
comment on column sla_clock.changed_at is 'When this row was last written';

create index sla_clock_open on sla_clock (latest_at) where verdict is null;
create index sla_clock_nudge on sla_clock (next_nudge_at) where next_nudge_at is not null;
create index sla_clock_decided on sla_clock (stopped_at) where verdict is not null;
