package io.aftersend.standalone.capacity;

/// How it is to be run.
///
/// @param coresPerMachine at least 1
/// @param busy share of a machine's cores that the peak may take, so that a lost machine's work has
///   room, and a backlog is caught up with: above 0, at most 1
/// @param kafkaCopies copies of each record
/// @param clickHouseCopies copies of each row
/// @param outageHours for how long edges keep events while Kafka is away
/// @param factsDays for how long facts of a message are kept
/// @param retentionDays for how long events are kept
/// @param coreMonthPrice of one core for a month, with its memory
/// @param gigabyteMonthPrice of one gigabyte of disk for a month
public record Site(
    int coresPerMachine,
    double busy,
    int kafkaCopies,
    int clickHouseCopies,
    int outageHours,
    int factsDays,
    int retentionDays,
    double coreMonthPrice,
    double gigabyteMonthPrice) {}
