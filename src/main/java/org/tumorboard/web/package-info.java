/** Pages and HTTP API: they read, enter events as a department would, and re-drive; nothing here moves a case. */
@NullMarked
package org.tumorboard.web;

import org.jspecify.annotations.NullMarked;
