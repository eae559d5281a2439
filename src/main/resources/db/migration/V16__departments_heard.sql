create index inbox_event_heard on inbox_event (department, received_at);

comment on index inbox_event_heard is 'When a department was last heard, and how often it usually is';

create index step_closing_by_hand on step_closing (closed_at) where how = 'HAND';

comment on index step_closing_by_hand is 'When departments last worked by hand';
