package org.tumorboard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.tumorboard.flow.Notifications;
import org.tumorboard.flow.Scene;

/** The whole application on real servers, with a settable clock; timers fire only when a test lets them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = TestServers.class)
@Import({EngineTest.Configuration.class, Scene.class, Notifications.class})
@ActiveProfiles("test")
@ExtendWith({PassedElements.class, MinimalNotifications.class})
public @interface EngineTest {

    @TestConfiguration
    class Configuration {

        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock();
        }

        @Bean
        Departments departments() {
            return new Departments(TestServers.running().bootstrapServers());
        }
    }
}
