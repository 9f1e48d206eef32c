/// What happened to a campaign, step by step.
@NullMarked
package io.aftersend.query.timeline;

import org.jspecify.annotations.NullMarked;
