alter table inbox_event
  add column amends_source text generated always as
    (coalesce(data -> 'corrects' ->> 'source', data -> 'retracts' ->> 'source')) stored,
  add column amends_id text generated always as
    (coalesce(data -> 'corrects' ->> 'id', data -> 'retracts' ->> 'id')) stored;

comment on column inbox_event.amends_source is 'Source of the event that this one corrects or takes back; null for all others';
comment on column inbox_event.amends_id is 'Id of that event';

create index inbox_event_amends on inbox_event (amends_source, amends_id) where amends_id is not null;
