package org.tumorboard.event;

import java.util.Map;

/** A part of the configuration, told so that a change of it is found at the next start. */
public interface ConfigurationPart {

    /** By name what stands, as a version or a digest: it is kept, and no secret may be found out from it. */
    Map<String, String> parts();
}
