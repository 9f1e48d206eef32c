/// Judging all stored events again under changed rules: what would differ, and having it differ.
@NullMarked
package io.aftersend.processor.rejudge;

import org.jspecify.annotations.NullMarked;
