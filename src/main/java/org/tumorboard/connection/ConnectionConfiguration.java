package org.tumorboard.connection;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the web server speak {@link GuardedProtocol}. */
@Configuration
class ConnectionConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> guardedConnections(ConnectionProperties limits) {
        return server -> {
            server.setProtocol(GuardedProtocol.class.getName());
            server.addConnectorCustomizers(
                    connector -> ((GuardedProtocol) connector.getProtocolHandler()).limit(limits));
        };
    }
}
