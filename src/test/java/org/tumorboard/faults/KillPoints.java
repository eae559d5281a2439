package org.tumorboard.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.tumorboard.Application;

/**
 * The application in a process that halts at one point, once a file arms it: watches the statements of the inbox and of
 * the relay, and the offsets that the consumers commit. Nothing else of the application is another.
 */
final class KillPoints {

    static final String POINT = "KILL_POINT";
    static final String ARMED = "KILL_ARMED";
    static final int EXIT_CODE = 43;

    private static final String INBOX = "insert into inbox_event";
    private static final String MARK = "update outbox_message set sent_at";

    private KillPoints() {}

    public static void main(String[] arguments) {
        new SpringApplication(Application.class, KillPoints.class).run(arguments);
    }

    @Bean
    static BeanPostProcessor watchedDataSource() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source && name.equals("dataSource") ? new Watched(source) : bean;
            }
        };
    }

    static void reached(KillPoint point) {
        if (point.name().equals(System.getenv(POINT)) && Files.exists(Path.of(System.getenv(ARMED)))) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private static final class Watched extends DelegatingDataSource {

        Watched(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            String thread = Thread.currentThread().getName();
            return thread.startsWith("inbox") || thread.startsWith("org.springframework.kafka")
                    ? watched(connection, KillPoints::inboxBefore, KillPoints::inboxAfter)
                    : thread.equals("outbox-relay")
                            ? watched(connection, KillPoints::relayBefore, KillPoints::relayAfter)
                            : connection;
        }
    }

    /** What a connection is told: the beginning of a statement, or {@code commit}; and what it was told before. */
    private interface Step {
        void of(String sql, boolean hasWritten);
    }

    private static void inboxBefore(String sql, boolean hasWritten) {
        if (sql.startsWith(INBOX)) {
            reached(KillPoint.ENGINE_CALLED);
        } else if (sql.equals("commit") && hasWritten) {
            reached(KillPoint.COMMITTING);
        }
    }

    private static void inboxAfter(String sql, boolean hasWritten) {
        if (sql.startsWith(INBOX)) {
            reached(KillPoint.INBOX_WRITTEN);
        } else if (sql.startsWith("insert into milestone")) {
            reached(KillPoint.MILESTONES_WRITTEN);
        } else if (sql.startsWith("insert into outbox_message")) {
            reached(KillPoint.OUTBOX_WRITTEN);
        } else if (sql.equals("commit") && hasWritten) {
            reached(KillPoint.COMMITTED);
        }
    }

    private static void relayBefore(String sql, boolean hasWritten) {
        if (sql.startsWith(MARK)) {
            reached(KillPoint.SENT);
        }
    }

    private static void relayAfter(String sql, boolean hasWritten) {
        if (sql.startsWith(MARK)) {
            reached(KillPoint.MARKED);
        } else if (sql.equals("commit") && hasWritten) {
            reached(KillPoint.MARK_COMMITTED);
        }
    }

    private static Connection watched(Connection connection, Step before, Step after) {
        boolean[] hasWritten = {false};
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("commit")) {
                before.of("commit", hasWritten[0]);
                Object result = call(method, connection, arguments);
                after.of("commit", hasWritten[0]);
                hasWritten[0] = false;
                return result;
            }
            Object result = call(method, connection, arguments);
            return result instanceof PreparedStatement statement
                    ? watched(statement, beginning((String) arguments[0]), before, after, hasWritten)
                    : result;
        });
    }

    private static PreparedStatement watched(
            PreparedStatement statement, String sql, Step before, Step after, boolean[] hasWritten) {
        return proxy(PreparedStatement.class, (self, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(method, statement, arguments);
            }
            before.of(sql, hasWritten[0]);
            Object result = call(method, statement, arguments);
            hasWritten[0] |= sql.startsWith(INBOX) || sql.startsWith(MARK);
            after.of(sql, hasWritten[0]);
            return result;
        });
    }

    private static String beginning(String sql) {
        return sql.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Told by the Kafka client of each commit of offsets. */
    public static final class Offsets implements ConsumerInterceptor<String, byte[]> {

        @Override
        public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> polled) {
            return polled;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            reached(KillPoint.OFFSET_MOVED);
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }
}
