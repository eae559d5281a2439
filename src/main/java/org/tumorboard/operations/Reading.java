package org.tumorboard.operations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.channel.ChannelBacklog;
import org.tumorboard.inbox.InboxBacklog;
import org.tumorboard.inbox.InboxOutcomes;
import org.tumorboard.inbox.RetentionLosses;
import org.tumorboard.outbox.OutboxBacklog;
import org.tumorboard.pathway.JobIncidents;
import org.tumorboard.pathway.SelfCheckResults;
import org.tumorboard.pathway.TimerBacklog;

/**
 * How things stand in the tables that all nodes share.
 *
 * @param at when it was read
 * @param topics what waits for each topic, if anything does
 * @param selfCheck null if it has never run
 * @param incidents the oldest of them; their number is that of the timers' backlog
 * @param letters records that were ever refused
 * @param losses what Kafka was found in the last days to have removed before it was read
 */
public record Reading(
        Instant at,
        InboxBacklog.Backlog waiting,
        List<InboxOutcomes.OfOutcome> outcomes,
        OutboxBacklog.Backlog outbox,
        List<OutboxBacklog.OfTopic> topics,
        List<ChannelBacklog.Backlog> channels,
        TimerBacklog.Backlog timers,
        SelfCheckResults.@Nullable Result selfCheck,
        List<JobIncidents.Incident> incidents,
        long letters,
        List<RetentionLosses.Loss> losses) {}
