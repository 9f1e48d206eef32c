package io.aftersend.query.problem;

/// A part of a request that cannot be used.
///
/// @param parameter its name: of a query parameter, or the path of a member of the body, such as
///   `messages[3].urls[0].url`
/// @param detail what was expected and what came
public record WrongParameter(String parameter, String detail) {}
