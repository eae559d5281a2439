package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.tumorboard.embedded.SyntheticEvent;

/** A good event on its way to be sent, as long as it can still be spoiled or spelled otherwise. */
final class Draft {

    final SyntheticEvent good;
    final String id;
    final Random random;
    final HostileText text;
    final Map<String, byte[]> headers;
    final List<RecordHeader> more = new ArrayList<>();
    byte[] body;

    Draft(SyntheticEvent good, String id, Random random) {
        this.good = good;
        this.id = id;
        this.random = random;
        this.text = new HostileText(random);
        this.headers = new LinkedHashMap<>(good.headers());
        headers.put("ce_id", bytes(id));
        body = bytes(good.data().toString());
    }

    void header(String name, String value) {
        headers.put(name, bytes(value));
    }

    void headerTwice(String name, String value) {
        more.add(new RecordHeader(name, bytes(value)));
    }

    void body(String json) {
        body = bytes(json);
    }

    String json() {
        return new String(body, UTF_8);
    }

    ObjectNode data() {
        return good.data().deepCopy();
    }

    /** From now on all of it is in the body. */
    void structured(String contentType) {
        String event = good.structured().put("id", id).toString();
        body(event.replace(good.data().toString(), json()));
        headers.clear();
        header("content-type", contentType);
    }

    /** A field of the data that holds text: a reference, a code, an instant. */
    String textField() {
        return one(good.data().properties().stream()
                .filter(field -> field.getValue().isTextual())
                .map(Map.Entry::getKey)
                .toList());
    }

    void with(String field, JsonNode value) {
        ObjectNode data = data();
        data.set(field, value);
        body(data.toString());
    }

    void with(String field, String value) {
        body(data().put(field, value).toString());
    }

    /** Put before all fields of the document. */
    void first(String fields) {
        body("{" + fields + "," + json().substring(1));
    }

    <T> T one(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    ProducerRecord<byte[], byte[]> record() {
        // a key of its own would change the partition
        var message = new ProducerRecord<>(good.topic(), bytes(good.key()), body);
        headers.forEach(message.headers()::add);
        more.forEach(message.headers()::add);
        return message;
    }

    static byte[] bytes(String text) {
        return text.getBytes(text.chars().anyMatch(letter -> letter > 255) ? UTF_8 : ISO_8859_1);
    }
}
