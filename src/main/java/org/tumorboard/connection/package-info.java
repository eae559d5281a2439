/** What comes from the network before it is a request: connections are bounded, and a request is served once all of it is here. */
@NullMarked
package org.tumorboard.connection;

import org.jspecify.annotations.NullMarked;
