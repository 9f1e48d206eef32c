package io.aftersend.edge.journal;

import java.time.InstantSource;

/// What the lanes of all journals share.
record JournalParts(SegmentDisk disk, SegmentStore store, GroupSync sync, InstantSource clock) {}
