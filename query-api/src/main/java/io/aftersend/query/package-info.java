/// The API service: HTTP over ClickHouse, and the dashboard's files.
@NullMarked
package io.aftersend.query;

import org.jspecify.annotations.NullMarked;
