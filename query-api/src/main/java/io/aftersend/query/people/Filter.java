package io.aftersend.query.people;

import java.util.List;

/// A parameter that says which rows of a table are wanted.
///
/// @param allowed the words that it may be; empty: any id
/// @param whenAbsent what holds when it is not given
record Filter(String name, List<String> allowed, String whenAbsent) {}
