package org.tumorboard.pathway;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.ConfigurationPart;

/** The versions of models, decision tables and forms that new cases follow. */
@Component
class DeployedVersions implements ConfigurationPart {

    private final JdbcClient jdbc;

    DeployedVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, String> parts() {
        Map<String, String> versions = new TreeMap<>();
        jdbc.sql(
                        """
                        select 'model ' || key_ as name, max(version_) as version from act_re_procdef group by key_
                        union all select 'table ' || key_, max(version_) from act_re_decision_def group by key_
                        union all select 'form ' || key_, max(version_) from act_re_camformdef group by key_
                        """)
                .query(row -> {
                    versions.put(row.getString("name"), "version " + row.getInt("version"));
                });
        return versions;
    }
}
