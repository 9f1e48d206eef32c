/// Attribution: which campaign a conversion belongs to that names its recipient only.
@NullMarked
package io.aftersend.processor.attribution;

import org.jspecify.annotations.NullMarked;
