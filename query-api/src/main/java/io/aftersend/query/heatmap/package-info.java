/// Heatmaps: when people open and click.
@NullMarked
package io.aftersend.query.heatmap;

import org.jspecify.annotations.NullMarked;
