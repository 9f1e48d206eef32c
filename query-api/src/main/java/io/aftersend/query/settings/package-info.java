/// What senders say of their campaigns and lists: how a change is made one at a time and told on.
@NullMarked
package io.aftersend.query.settings;

import org.jspecify.annotations.NullMarked;
