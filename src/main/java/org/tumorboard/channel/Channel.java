package org.tumorboard.channel;

import java.util.Set;
import org.tumorboard.event.Department;

/**
 * One way to one department.
 *
 * @param name in the table of deliveries and in metrics: {@code mail:radiology}
 * @param notifications the names of those it carries; all if empty
 */
record Channel(String name, Department department, Set<String> notifications, Carrier carrier) {

    private static final String PREFIX = "org.tumorboard.notification.";

    /** Whether it carries a message of this wire type. */
    boolean carries(String type) {
        return notifications.isEmpty() || notifications.contains(notification(type));
    }

    /** {@code work-requested} of {@code org.tumorboard.notification.work-requested.v1}. */
    static String notification(String type) {
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length(), type.lastIndexOf('.')) : type;
    }
}
