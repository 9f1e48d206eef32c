package io.aftersend.processor.rejudge;

import io.aftersend.schemas.event.JudgedEvent;

/// An event that is judged otherwise than before.
record RejudgedHit(JudgedEvent before, JudgedEvent after) {}
