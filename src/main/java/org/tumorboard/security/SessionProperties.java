package org.tumorboard.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param longest after which a person signs in again, however busy; idle sessions end by {@code server.servlet.session.timeout}
 */
@ConfigurationProperties("tumorboard.security.session")
record SessionProperties(@DefaultValue("12h") Duration longest) {}
