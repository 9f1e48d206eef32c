/// Events as they happen: the live feed (SSE) and the pull feed, both read from the topic of judged
/// events, whose positions are what a reader resumes from.
@org.jspecify.annotations.NullMarked
package io.aftersend.query.live;
