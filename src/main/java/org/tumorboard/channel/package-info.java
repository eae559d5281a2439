/** What a department gets besides its topic: notifications by mail and webhook, each channel for itself. */
@NullMarked
package org.tumorboard.channel;

import org.jspecify.annotations.NullMarked;
