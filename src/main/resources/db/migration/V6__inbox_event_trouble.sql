create index inbox_event_trouble on inbox_event (seq) where outcome in ('FAILED', 'REFUSED');

comment on index inbox_event_trouble is 'The few events that need a person, among millions that do not';
