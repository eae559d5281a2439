-- cases that were open before bookings were kept: what their booking steps said, the last of a kind held
insert into resource_booking (case_id, kind, ref, department, unit, starts_at, ends_at, state, booked_at, changed_at,
  source, event_id)
select case_id, kind, ref, split_part(event_type, '.', 1), unit, starts_at, ends_at,
  case when row_number() over (partition by case_id, kind order by seq desc) = 1 then 'HELD' else 'REPLACED' end,
  clinical_at, clinical_at, source, event_id
from (
  select s.case_id, s.seq, s.event_type, s.clinical_at, s.source, s.event_id,
    case s.event_type
      when 'gamma-knife.slot-confirmed' then 'gamma-knife-slot'
      when 'operating-room.slot-confirmed' then 'or-slot'
      else 'icu-bed'
    end as kind,
    coalesce(s.facts ->> 'slotRef', s.facts ->> 'bedRef') as ref,
    s.facts ->> 'unit' as unit,
    cast(coalesce(s.facts ->> 'startAt', s.facts ->> 'from') as timestamptz) as starts_at,
    cast(coalesce(s.facts ->> 'endAt', s.facts ->> 'to') as timestamptz) as ends_at
  from step_closing s join tumor_case c using (case_id)
  where c.closed_at is null and s.how <> 'WITHDRAWN' and s.event_type in
    ('gamma-knife.slot-confirmed', 'operating-room.slot-confirmed', 'intensive-care.bed-reserved')
) booked
where ref is not null and starts_at is not null and ends_at is not null
on conflict do nothing;
