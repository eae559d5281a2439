package org.tumorboard.web;

import org.jspecify.annotations.Nullable;

/**
 * What a request for statistics asks for, as it was written; {@link StatisticsQuestions} reads it.
 *
 * @param period 7d, 30d, 90d or 365d up to now, where neither {@code from} nor {@code to} is given
 * @param from an instant, or a date: its first moment
 * @param to an instant, or a date: its first moment; not part of the period
 * @param department the group that owns the clock
 * @param verdict of the runs listed
 * @param hour of the day at which they were decided
 * @param weekday on which they were decided
 * @param fromHours least time from start to stop
 * @param toHours before which that time lies
 * @param protocol KEPT or CERTAIN, of windows of resection
 * @param start milestone at which a leg or hand-over starts
 * @param end milestone at which it ends
 * @param late whether a hand-over of late cases is meant, or of those on time
 * @param kind what is counted off the main path, e.g. {@code slot-losses}
 * @param name what it counts as
 * @param page which piece of a long list, from 1; {@code all} for the whole
 */
record RunsAsked(
        @Nullable String period,
        @Nullable String from,
        @Nullable String to,
        @Nullable String department,
        @Nullable String urgency,
        @Nullable String clock,
        @Nullable String verdict,
        @Nullable String hour,
        @Nullable String weekday,
        @Nullable String fromHours,
        @Nullable String toHours,
        @Nullable String protocol,
        @Nullable String start,
        @Nullable String end,
        @Nullable String late,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String page) {}
