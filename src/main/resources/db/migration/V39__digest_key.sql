create table digest_key (
  only_one boolean primary key default true check (only_one),
  key      bytea   not null
);

comment on table digest_key is 'The key of inbox_event.content_digest, drawn once: without it nobody can try what content a digest was made of';

insert into digest_key (key)
values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
