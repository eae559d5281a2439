package org.tumorboard.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.dao.DataAccessException;
import org.tumorboard.pathway.Webapp;

/**
 * Complete tasks as Tasklist does, on whichever node answers. Without an answer, or with a fault for one, they look whether
 * the step is on record as done by hand, and otherwise try again.
 */
final class People {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Node> nodes;
    private final Records records;
    private final Set<Hand> expected = ConcurrentHashMap.newKeySet();
    private final Set<Hand> done = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<Node, Webapp>> sessions = new HashMap<>();
    private final AtomicInteger uncertain = new AtomicInteger();

    People(List<Node> nodes, Records records) {
        this.nodes = nodes;
        this.records = records;
    }

    void expect(Collection<Hand> hands) {
        expected.addAll(hands);
    }

    boolean haveDone(Collection<Hand> hands) {
        return done.containsAll(hands);
    }

    /** What is on record as done. */
    Set<Hand> done() {
        return done;
    }

    /** Answers that left open whether the step was completed. */
    int uncertain() {
        return uncertain.get();
    }

    /** Somebody tries whatever is open and expected of them, once. */
    void runOnce() {
        List<Hand> left = expected.stream().filter(hand -> !done.contains(hand)).toList();
        if (left.isEmpty()) {
            return;
        }
        try {
            done.addAll(records.doneByHand(left));
            records.openTasks(left).forEach(this::complete);
        } catch (DataAccessException databaseIsAway) {
            // tried again
        }
    }

    private void complete(Hand hand, String task) {
        for (Node node : nodes) {
            if (!node.isUp()) {
                continue;
            }
            try {
                HttpResponse<String> answer =
                        session(hand.person(), node).call("POST", "/task/" + task + "/complete", body(hand));
                if (answer.statusCode() == 204) {
                    return;
                }
                uncertain.incrementAndGet();
            } catch (IOException | IllegalStateException e) {
                uncertain.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sessions.get(hand.person()).remove(node);
            return;
        }
    }

    private Webapp session(String person, Node node) throws IOException, InterruptedException {
        Map<Node, Webapp> ofPerson = sessions.computeIfAbsent(person, name -> new HashMap<>());
        Webapp session = ofPerson.get(node);
        if (session == null) {
            session = Webapp.of(person, node.port());
            ofPerson.put(node, session);
        }
        return session;
    }

    private static String body(Hand hand) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode variables = body.putObject("variables");
        hand.fields().forEach((name, value) -> variables.putObject(name).set("value", JSON.valueToTree(value)));
        return body.toString();
    }
}
