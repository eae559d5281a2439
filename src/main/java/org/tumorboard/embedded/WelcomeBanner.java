package org.tumorboard.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells the person at the terminal where to go, once the application answers. */
@Component
@Profile(EmbeddedProfile.NAME)
final class WelcomeBanner {

    private static final Logger log = LoggerFactory.getLogger(WelcomeBanner.class);

    private final Environment environment;
    private final EmbeddedServers servers;

    WelcomeBanner(Environment environment, EmbeddedServers servers) {
        this.environment = environment;
        this.servers = servers;
    }

    @EventListener(ApplicationReadyEvent.class)
    void show() {
        log.info(text());
    }

    String text() {
        return """

                The tumor board engine is ready.

                  Pages      {site}/                       where to go
                             {site}/camunda/app/tasklist/  the departments' work
                  Sign in    as a group, such as coordination, radiology or gamma-knife, or as admin
                  Password   {password}
                  Kafka      {kafka}
                  PostgreSQL {postgres}

                  Publish an event:
                    curl -u radiology:{shellPassword} -H 'Content-Type: application/cloudevents+json' \\
                      --data @src/main/resources/samples/events/radiology.recurrence-suspected.json \\
                      {site}/api/events/radiology

                  Ctrl-C ends everything; the data stays for the next start.
                """
                .replace("{site}", "http://127.0.0.1:" + environment.getProperty("local.server.port"))
                .replace("{password}", ownPassword() ? "the one in TUMORBOARD_DEMO_PASSWORD" : "demo")
                .replace("{shellPassword}", ownPassword() ? "\"$TUMORBOARD_DEMO_PASSWORD\"" : "demo")
                .replace("{kafka}", servers.bootstrapServers())
                .replace("{postgres}", servers.jdbcUrl());
    }

    private boolean ownPassword() {
        return environment.containsProperty("tumorboard.demo-password");
    }
}
