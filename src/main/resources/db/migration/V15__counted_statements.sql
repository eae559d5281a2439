create index inbox_event_counted on inbox_event (clinical_at)
  where outcome = 'APPLIED' and type in ('medical-physics.plan-qa-failed', 'medical-physics.second-check-failed',
    'coordination.case-discussed', 'coordination.decision-signed', 'pathology.report-finalised', 'pathology.report-amended');

comment on index inbox_event_counted is 'What the dashboard counts of what departments said; few rows of each case';

create index outbox_message_readiness on outbox_message (occurred_at)
  where type = 'org.tumorboard.notification.readiness-changed.v1';

comment on index outbox_message_readiness is 'For counting what was missing when the readiness gate turned RED';

create index resource_booking_lost on resource_booking (changed_at) where state = 'LOST';
