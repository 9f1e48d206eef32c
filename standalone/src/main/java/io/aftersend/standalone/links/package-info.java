/// Where the tools get tracked URLs from.
@NullMarked
package io.aftersend.standalone.links;

import org.jspecify.annotations.NullMarked;
