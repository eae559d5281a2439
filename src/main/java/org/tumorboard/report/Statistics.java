package org.tumorboard.report;

/** All that a period's clocks and milestones say. */
public record Statistics(PeriodFigures period, WayFigures ways, TrendFigures trend) {}
