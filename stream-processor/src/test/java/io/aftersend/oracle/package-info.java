/// A naive second counting of everything, from raw events and the definitions of the metrics alone,
/// and random histories to count.
///
/// Nothing here uses the code under test. Counters are recounted from the whole history at once, in
/// memory, with no thought of speed.
@NullMarked
package io.aftersend.oracle;

import org.jspecify.annotations.NullMarked;
