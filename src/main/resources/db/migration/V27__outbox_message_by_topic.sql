create index outbox_message_of_topic on outbox_message (topic, seq);
