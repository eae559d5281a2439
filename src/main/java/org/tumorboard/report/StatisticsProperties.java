package org.tumorboard.report;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param zone of the hospital: says in which hour and on which day something happened, and when a week starts */
@ConfigurationProperties("tumorboard.sla")
record StatisticsProperties(@DefaultValue("UTC") ZoneId zone) {}
