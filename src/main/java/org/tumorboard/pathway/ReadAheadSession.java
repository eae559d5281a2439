package org.tumorboard.pathway;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.session.Configuration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.FlushResult;
import org.camunda.bpm.engine.impl.db.ListQueryParameterObject;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperation;
import org.camunda.bpm.engine.impl.db.sql.BatchDbSqlSession;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSessionFactory;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The engine's way to its tables during one command. Left alone, the engine reads about nine rows an event one by one; a
 * wave reads them for all its cases at once.
 */
final class ReadAheadSession extends BatchDbSqlSession implements ReadAhead.Reader {

    private static final String STATEMENTS = "mybatis/read-ahead.xml";
    private static final String NAMESPACE = "org.tumorboard.pathway.ReadAhead.";
    private static final Set<String> NO_ENTITIES = Set.of("startedActivities", "startedTasks");

    /** Reading ahead takes nine statements, also of what an event may not need. */
    private static final int WORTHWHILE = 3;

    private @Nullable ReadAhead ahead;

    private ReadAheadSession(DbSqlSessionFactory factory) {
        super(factory);
    }

    /** Opens sessions of this kind for the engine. */
    record Factory(ProcessEngineConfigurationImpl engine) implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return DbSqlSession.class;
        }

        @Override
        public Session openSession() {
            return new ReadAheadSession(engine.getDbSqlSessionFactory());
        }
    }

    /** Makes the statements known, once the engine has read its own. */
    static void addStatements(ProcessEngineConfigurationImpl engine) {
        Configuration configuration = engine.getSqlSessionFactory().getConfiguration();
        InputStream statements = ReadAheadSession.class.getClassLoader().getResourceAsStream(STATEMENTS);
        new XMLMapperBuilder(statements, configuration, STATEMENTS, configuration.getSqlFragments()).parse();
    }

    /** Reads what the command will need of these process instances, if they are many; before it reads anything of them. */
    void readAhead(Set<String> processInstances) {
        if (processInstances.size() >= WORTHWHILE) {
            // from now on it hears of every row that is loaded, and gives it out as the one object of that row
            Context.getCommandContext().getDbEntityManager();
            ahead = new ReadAhead(processInstances, this);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> read(String kind, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String parameter = String.join(",", ids);
        return (List<T>)
                (NO_ENTITIES.contains(kind)
                        ? sqlSession.selectList(NAMESPACE + kind, parameter)
                        : super.selectList(NAMESPACE + kind, parameter));
    }

    @Override
    public List<?> selectList(String statement, Object parameter) {
        Object asked = parameter instanceof ListQueryParameterObject list ? list.getParameter() : parameter;
        List<?> known = ahead == null ? null : ahead.list(statement, asked);
        return known == null ? super.selectList(statement, parameter) : known;
    }

    /** What was read ahead is no longer what the tables hold. */
    @Override
    public FlushResult executeDbOperations(List<DbOperation> operations) {
        ahead = null;
        return super.executeDbOperations(operations);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends DbEntity> T selectById(Class<T> type, String id) {
        DbEntity known = ahead == null ? null : ahead.started(type, id);
        return known == null ? super.selectById(type, id) : (T) known;
    }
}
