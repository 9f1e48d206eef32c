/// What an event's user agent and truncated address tell beyond the verdict: client, operating
/// system, device, place, and the recipient's time zone.
@NullMarked
package io.aftersend.processor.enrich;

import org.jspecify.annotations.NullMarked;
