/** Who did, read or changed what: a trail that is only added to, and shows if anything in it was changed since. */
@NullMarked
package org.tumorboard.audit;

import org.jspecify.annotations.NullMarked;
