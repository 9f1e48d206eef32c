/// What judging again under changed rules would change, for people and for scripts.
@NullMarked
package io.aftersend.standalone.rejudge;

import org.jspecify.annotations.NullMarked;
