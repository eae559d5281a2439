package org.tumorboard.report;

import java.util.List;

/**
 * How cases came from detection to incision, of all departments and clocks together.
 *
 * @param legs of the cases that reached their ends in the period
 * @param handOvers of the cases whose whole way was decided in the period
 */
public record WayFigures(List<Leg> legs, List<HandOver> handOvers, int lateCases, int onTimeCases) {}
