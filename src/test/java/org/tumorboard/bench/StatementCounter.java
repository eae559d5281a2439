package org.tumorboard.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts the statements PostgreSQL is given; of a JDBC batch as many as the driver makes of it. Begin and commit are not
 * counted. Counting costs CPU: connections are wrapped only while it is on.
 */
final class StatementCounter implements BeanPostProcessor {

    private static final int LARGEST_BLOCK = 128;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile boolean counting;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && name.equals("dataSource") ? new Counted(source) : bean;
    }

    void start() {
        counts.clear();
        counting = true;
    }

    /** Ends counting; says how often each statement was executed. */
    Map<String, Long> stop() {
        counting = false;
        Map<String, Long> total = new LinkedHashMap<>();
        counts.forEach((sql, count) -> total.put(sql, count.sum()));
        return total;
    }

    private void count(String sql, int times) {
        counts.computeIfAbsent(sql, text -> new LongAdder()).add(times);
    }

    private final class Counted extends DelegatingDataSource {

        Counted(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return counting ? watched(connection) : connection;
        }
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(method, connection, arguments);
            if (result instanceof PreparedStatement statement) {
                return watched(statement, PreparedStatement.class, (String) arguments[0]);
            }
            return result instanceof Statement statement ? watched(statement, Statement.class, "") : result;
        });
    }

    private <S extends Statement> S watched(S statement, Class<S> type, String prepared) {
        int[] batched = {0};
        return proxy(type, (method, arguments) -> {
            String sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
            switch (method.getName()) {
                case "addBatch" -> batched[0]++;
                case "executeBatch", "executeLargeBatch" -> {
                    count(prepared, statements(prepared, batched[0]));
                    batched[0] = 0;
                }
                case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" -> count(sql, 1);
                default -> {
                    // sets parameters or reads results: no statement
                }
            }
            return call(method, statement, arguments);
        });
    }

    /** The driver sends each row of a batch as a statement, but inserted rows in blocks of powers of two. */
    private static int statements(String sql, int rows) {
        return sql.stripLeading().regionMatches(true, 0, "insert", 0, 6)
                ? rows / LARGEST_BLOCK + Integer.bitCount(rows % LARGEST_BLOCK)
                : rows;
    }

    private interface Call {

        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.on(method, arguments)));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
