package org.tumorboard.faults;

import java.util.Map;

/**
 * What somebody is to complete in Tasklist instead of their department's event.
 *
 * @param element the step, by its id in the model
 * @param fields of its form
 */
record Hand(String caseId, String person, String element, Map<String, Object> fields) {}
