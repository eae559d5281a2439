package org.tumorboard.pathway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/**
 * Puts on record, before it is answered, whose case somebody opens in Tasklist or Cockpit: a task, an execution or a process
 * instance that the address names. A read that is then refused is on record all the same.
 */
final class ReadsInWebapps extends HttpFilter {

    private static final Pattern ONE_OF_THEM = Pattern.compile(
            "/camunda/api/(engine/engine|cockpit/plugin/[^/]+)/[^/]+/(history/)?(task|execution|process-instance)/([^/]+)(/.*)?");
    private static final Set<String> LISTS = Set.of("count", "report", "create");
    private static final List<String> PARAMETERS = List.of(
            "taskId",
            "taskIdIn",
            "executionId",
            "executionIdIn",
            "processInstanceId",
            "processInstanceIdIn",
            "rootProcessInstanceId",
            "superProcessInstance");
    private static final List<String> CASES = List.of("businessKey", "processInstanceBusinessKey");

    private final transient CaseLookup cases;
    private final transient PersonalDeeds deeds;

    ReadsInWebapps(CaseLookup cases, PersonalDeeds deeds) {
        this.cases = cases;
        this.deeds = deeds;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("GET") && request.getRemoteUser() != null) {
            Stream.concat(byIds(request), byCases(request))
                    .distinct()
                    .toList()
                    .forEach(caseId -> deeds.did(Deed.READ_CASE, caseId, "engine"));
        }
        chain.doFilter(request, response);
    }

    private Stream<CaseId> byIds(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Matcher named = ONE_OF_THEM.matcher(path);
        Stream<String> inPath =
                named.matches() && !LISTS.contains(named.group(4)) ? Stream.of(named.group(4)) : Stream.empty();
        return Stream.concat(inPath, values(request, PARAMETERS)).map(cases::of).flatMap(Optional::stream);
    }

    private Stream<CaseId> byCases(HttpServletRequest request) {
        return values(request, CASES).filter(CaseId::isOne).map(CaseId::new);
    }

    private static Stream<String> values(HttpServletRequest request, List<String> names) {
        return names.stream()
                .map(request::getParameter)
                .filter(value -> value != null)
                .flatMap(value -> Stream.of(value.split(",")));
    }
}
