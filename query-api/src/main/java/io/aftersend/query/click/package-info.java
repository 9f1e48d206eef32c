/// The links of a campaign and who clicked them.
@NullMarked
package io.aftersend.query.click;

import org.jspecify.annotations.NullMarked;
