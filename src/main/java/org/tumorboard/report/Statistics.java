package org.tumorboard.report;

/** All that a period's clocks and milestones say, and what happened off the main path. */
public record Statistics(PeriodFigures period, WayFigures ways, TrendFigures trend, OffPathFigures offPath) {}
