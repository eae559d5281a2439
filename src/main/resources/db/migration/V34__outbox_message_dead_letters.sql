-- A refused record that is read again gives the letter that is there already.
create unique index outbox_message_dead_letter on outbox_message (message_id) where topic = 'tumorboard.dead-letters';
