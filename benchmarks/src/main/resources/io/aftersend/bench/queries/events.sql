-- The events of some messages, of some kinds: an array of (type, verdict, seconds since it was sent, whether it happened).
-- One fifth of all messages are of acme's `spring`, sent within 20 hours; the others follow each other over 60 days, in
-- groups of 27 campaigns, 10 of them acme's. Ids of messages are random, so that parts overlap throughout.
INSERT INTO event_log
    (event_id, tenant, type, event_time, ingest_time, source, campaign, message, recipient, account, link, list, variant,
    recipient_time_zone, mailbox_provider, bounce_class, enhanced_code, url, goal, value, currency, `order`, user_agent, ip,
    network_class, client, os, device, country, region, city, verdict, reasons, confidence, revision, counted, expires_on)
SELECT
    concat(hex(cityHash64(m, kind.1, kind.2)), '-', toString(m % 8), '-', toString(m)),
    owner,
    kind.1,
    sent_at + toIntervalSecond(kind.3) AS at,
    at + toIntervalSecond(2),
    multiIf(kind.1 = 'opened', 'pixel', kind.1 = 'clicked', 'redirect', 'post'),
    of_campaign,
    hex(sipHash64(m)),
    concat('r', toString(cityHash64(m, 2) % greatest(100, intDiv($MESSAGES, 20)))),
    concat('company-', toString(h % 1000)),
    if(kind.1 = 'clicked', concat('link-', toString(bitShiftRight(h, 40) % 12)), ''),
    concat('list-', toString(h % 5)),
    if(h % 2 = 0, 'a', 'b'),
    ['Asia/Baku', 'Asia/Tehran', 'Europe/London', ''][1 + h % 4],
    ['gmail', 'outlook', 'yahoo', 'apple', 'other'][1 + h % 5],
    if(kind.1 = 'bounced', ['hard', 'soft', 'block'][1 + h % 3], ''),
    if(kind.1 = 'bounced', ['5.1.1', '4.2.2', '5.7.1'][1 + h % 3], ''),
    if(kind.1 = 'clicked', concat('https://shop.example/', toString(bitShiftRight(h, 40) % 12)), ''),
    if(kind.1 = 'converted', ['purchase', 'booking'][1 + h % 2], ''),
    if(kind.1 = 'converted', toDecimal64(h % 20000, 6) / 100, NULL),
    if(kind.1 = 'converted', 'AZN', ''),
    if(kind.1 = 'converted', concat('order-', toString(m)), ''),
    if(kind.1 IN ('opened', 'clicked'), concat('Mozilla/5.0 (agent ', toString(bitShiftRight(h, 5) % 400), ')'), ''),
    if(kind.1 IN ('opened', 'clicked'), concat('10.', toString(bitShiftRight(h, 9) % 250), '.7.0'), ''),
    multiIf(kind.2 = 'prefetch', 'apple_egress', kind.2 = 'proxy', 'google', kind.2 = 'scanner', 'microsoft', 'other'),
    ['Apple Mail', 'Gmail', 'Outlook'][1 + h % 3],
    ['iOS', 'Windows', 'Android'][1 + h % 3],
    ['mobile', 'desktop', 'tablet', 'webmail'][1 + h % 4],
    ['AZ', 'IR', 'TR', 'DE', ''][1 + h % 5],
    concat('region-', toString(h % 40)),
    concat('city-', toString(h % 300)),
    if($REVISION = 1, kind.2, 'scanner'),
    [multiIf($REVISION > 1, 'burst', kind.1 IN ('opened', 'clicked'), kind.2, 'reported')],
    0.9,
    $REVISION,
    true,
    toDate32('2090-01-01')
FROM
(
    SELECT
        number AS m,
        cityHash64(m, 1) AS h,
        intDiv($MESSAGES * 45, 100) AS spring_from,
        intDiv($MESSAGES, 5) AS spring_messages,
        m >= spring_from AND m < spring_from + spring_messages AS is_spring,
        m - if(m < spring_from, 0, spring_messages) AS place,
        $MESSAGES - spring_messages AS others,
        intDiv(place * 37, others) * 27 + h % 27 AS n,
        multiIf(is_spring OR n % 27 < 10, 'acme', concat('tenant-', toString(n % 9))) AS owner,
        if(is_spring, 'spring', concat('campaign-', toString(n))) AS of_campaign,
        if(
            is_spring,
            toDateTime64('2026-10-05 06:00:00', 3, 'UTC') + toIntervalMillisecond(intDiv((m - spring_from) * 72000000, spring_messages)),
            toDateTime64('2026-09-01 00:00:00', 3, 'UTC') + toIntervalMillisecond(intDiv(place * 5184000000, others))) AS sent_at,
        arrayJoin(arrayFilter(k -> k.4, [$KINDS])) AS kind
    FROM numbers($FROM, $COUNT)
)
