/** What we tell others: written in the transaction that caused it, sent to Kafka in order per case. */
@NullMarked
package org.tumorboard.outbox;

import org.jspecify.annotations.NullMarked;
