/// The dashboard's page.
@NullMarked
package io.aftersend.query.page;

import org.jspecify.annotations.NullMarked;
