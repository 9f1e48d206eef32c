// What each page must show. A view's check gives pairs of what stands on the screen and what the API
// says; both are sorted where the page chooses an order of its own.
import { column, numbersAt, numbersIn } from './numbers.mjs';

const sorted = (values) => [...values].sort((one, other) => one - other);

const total = (values) => values.reduce((sum, value) => sum + value, 0);

const human = (row, type) => row.counts[type].human_unique;

const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** The rows of campaigns, in the order of the API. */
async function campaignRows(page, campaigns, language) {
  return [
    [await page.locator('.campaigns .row-title').allInnerTexts(), campaigns.map((row) => row.name ?? row.campaign)],
    [await column(page, 2, language), campaigns.map((row) => row.counts.sent.unique)],
    [await column(page, 4, language), campaigns.map((row) => human(row, 'opened'))],
    [await column(page, 5, language), campaigns.map((row) => human(row, 'clicked'))],
  ];
}

/** The hours of a week, each in its place: a Persian week begins on Saturday. */
async function hours(page, cells, language) {
  const labels = await page.locator('.hours .heat').evaluateAll((found) => found.map((cell) => cell.getAttribute('aria-label')));
  const shown = labels.map((label) => numbersIn(label.slice(label.indexOf(': ') + 2), language)[0]);
  const week = language === 'fa' ? [6, 7, 1, 2, 3, 4, 5] : [1, 2, 3, 4, 5, 6, 7];
  return [
    [labels.length, 168],
    [shown, week.flatMap((weekday) => cells.filter((cell) => cell.weekday === weekday).map((cell) => cell.total))],
    [await page.locator('.hours .heat.masked').count(), cells.filter((cell) => cell.masked && cell.total > 0).length],
  ];
}

/**
 * Other tests of the same run send events too: what only grows must lie between what the API said
 * before the page asked and what it says after.
 */
async function accountingPairs(page, api, language) {
  const before = await api('/accounting?limit=200');
  await page.reload();
  await page.locator('.metric').first().waitFor();
  const cards = await numbersAt(page, '.metric-value', language);
  const rows = await page.locator('.table tbody tr').evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.innerText)));
  const after = await api('/accounting?limit=200');
  const within = (shown, least, most) => [shown, Math.min(Math.max(shown, least), most)];
  const name = (journal, lane) => `${journal.replace(/[\u2066-\u2069]/g, '')} ${lane}`;
  const shown = new Map(rows.map(([journal, lane, ...numbers]) => [name(journal, numbersIn(lane, language)[0]), numbers.map((text) => numbersIn(text, language)[0])]));
  const later = new Map(after.lanes.map((lane) => [name(lane.journal, lane.lane), lane]));
  const pairs = ['journaled', 'published', 'processed', 'stored'].map((part, index) => within(cards[index], before[part], after[part]));
  const dropped = ({ totals }) => total(Object.values(totals.dropped_by_edge)) + total(Object.values(totals.dropped_by_processor));
  pairs.push(within(cards[4], dropped(before), dropped(after)));
  for (const lane of before.lanes) {
    const id = name(lane.journal, lane.lane);
    ['highest', 'acknowledged', 'stored'].forEach((part, index) => pairs.push(within(shown.get(id)?.[index] ?? id, lane[part], later.get(id)[part])));
  }
  return [[before.lanes.length > 0, true], [await page.locator('.verdict').count(), 1], ...pairs];
}

/** What the geometry of the map is too coarse for. */
const TOO_SMALL = ['SG'];

/** The map, its table and what is said beside them. */
async function placesPairs(page, api, path, event, language) {
  const { places, min_messages: least } = await api(`${path}/places`);
  const counts = (row) => row.counts[event];
  const all = total(places.map((row) => counts(row).human_total));
  const placed = places.filter((row) => row.country !== null && counts(row).human_total > 0);
  const drawn = placed.filter((row) => !TOO_SMALL.includes(row.country));
  await page.locator('.map-country').first().waitFor();
  const shown = await page.locator('.map-country').evaluateAll((found) =>
    found.map((country) => [country.dataset.country, country.getAttribute('aria-label'), country.classList.contains('masked')]),
  );
  const onMap = shown.map(([code, label, isMasked]) => [code, sorted(numbersIn(label, language).slice(1)), isMasked]);
  const wanted = drawn.map((row) => [row.country, sorted([counts(row).human_total, all]), counts(row).human_unique < least]);
  const byCode = (one, other) => one[0].localeCompare(other[0]);
  const known = total(placed.map((row) => counts(row).human_total));
  return [
    [onMap.sort(byCode), wanted.sort(byCode)],
    [await page.locator('.places-map > .hint').count(), placed.length > drawn.length ? 1 : 0],
    [sorted(await column(page, 2, language, '.places-body .table')), sorted(places.map((row) => counts(row).human_total).filter((count) => count > 0))],
    [sorted(numbersIn(await page.locator('[data-coverage]').innerText(), language).slice(1)), sorted([known, all])],
  ];
}

export function views({ campaign, list, mailbox, recipient }) {
  const path = `/campaigns/${campaign}`;
  return [
    {
      path: '/campaigns',
      async check(page, api, language) {
        const { campaigns } = await api('/campaigns?sort=first_sent&order=desc');
        return [...(await campaignRows(page, campaigns, language)), [await page.locator('.trend .spark').count(), 1]];
      },
    },
    {
      path: '/campaigns?search=LETTER&sort=name&order=asc',
      async check(page, api, language) {
        const { campaigns } = await api('/campaigns?search=LETTER&sort=name&order=asc');
        return [[campaigns.length, 1], ...(await campaignRows(page, campaigns, language))];
      },
    },
    {
      path: '/campaigns?label=spring',
      async check(page, api, language) {
        const { campaigns } = await api('/campaigns?label=spring');
        return [[campaigns.length, 1], ...(await campaignRows(page, campaigns, language)), [await page.locator('.chip.removable').count(), 1]];
      },
    },
    {
      path,
      async check(page, api, language) {
        const { counts, rates } = await api(path);
        const cells = ['opened', 'clicked'].flatMap((type) =>
          ['human_unique', 'unique', 'human_total', 'total'].map((kind) => [type, kind]),
        );
        const pairs = [];
        for (const [type, kind] of cells) {
          pairs.push([await numbersAt(page, `[data-number="${type}.${kind}"]`, language), [counts[type][kind]]]);
        }
        const cards = await page.locator('.metric-below').allInnerTexts();
        const shown = ['click_through_rate', 'conversion_rate', 'delivery_rate', 'reply_rate', 'unsubscribe_rate', 'complaint_rate'];
        shown.forEach((name, index) =>
          pairs.push([sorted(numbersIn(cards[index], language)), sorted([rates[name].numerator, rates[name].denominator])]),
        );
        pairs.push([
          await numbersAt(page, '.funnel-step .figure', language),
          [counts.sent.unique, rates.delivery_rate.numerator, rates.open_rate.lower.numerator, human({ counts }, 'clicked'), rates.conversion_rate.numerator],
        ]);
        return pairs;
      },
    },
    {
      path: `${path}?days=7&compare=previous`,
      async check(page, api, language) {
        const { from, to } = await page.locator('.period').evaluate((cards) => cards.dataset);
        const { points, previous } = await api(`${path}/timeline?from=${from}&to=${to}&compare=previous`);
        const sums = (steps) => ['sent', 'opened', 'clicked', 'replied'].map((event) => total(steps.map((step) => step[event].total)));
        const before = await page.locator('.period .changed-before').allInnerTexts();
        return [
          [await numbersAt(page, '.period .changed-now', language), sums(points)],
          [before.map((text) => numbersIn(text, language)[0]), sums(previous.points)],
        ];
      },
    },
    {
      path: `${path}/timing?zone=Asia%2FTehran`,
      async check(page, api, language) {
        return hours(page, (await api(`${path}/heatmap?event=opened&zone=Asia/Tehran`)).cells, language);
      },
    },
    {
      path: `${path}/timing?grain=daily&basis=sent`,
      async check(page, api, language) {
        const { cells } = await api(`${path}/heatmap?event=opened&grain=daily&basis=sent`);
        const labels = await page.locator('.calendar .heat').evaluateAll((found) => found.map((cell) => cell.getAttribute('aria-label')));
        return [[labels.map((label) => numbersIn(label.slice(label.indexOf(': ') + 2), language)[0]), cells.map((cell) => cell.total)]];
      },
    },
    {
      path: `${path}/links`,
      async check(page, api, language) {
        const { links } = await api(`${path}/links`);
        return [
          [sorted(await column(page, 2, language)), sorted(links.map((row) => row.human_unique))],
          [sorted(await column(page, 4, language)), sorted(links.map((row) => row.total))],
        ];
      },
    },
    {
      path: `${path}/audience`,
      async check(page, api, language) {
        const { accounts } = await api(`${path}/accounts`);
        const { devices } = await api(`${path}/devices`);
        const tables = page.locator('.panel:not(:has(.places-body)) .table');
        const opens = await tables.nth(0).locator('tbody tr > :nth-child(4)').allInnerTexts();
        const sent = await tables.nth(1).locator('tbody tr > :nth-child(2)').allInnerTexts();
        return [
          ...(await placesPairs(page, api, path, 'opened', language)),
          [total(opens.map((text) => numbersIn(text, language)[0])), total(devices.map((row) => human(row, 'opened')))],
          [sorted(sent.map((text) => numbersIn(text, language)[0])), sorted(accounts.map((row) => row.counts.sent.unique))],
        ];
      },
    },
    {
      path: `${path}/audience?event=clicked`,
      check: (page, api, language) => placesPairs(page, api, path, 'clicked', language),
    },
    {
      path: `${path}/recipients?filter=clicked`,
      async check(page, api) {
        const { recipients } = await api(`${path}/recipients?filter=clicked&limit=100`);
        return [[await page.locator('.table tbody tr').count(), recipients.length]];
      },
    },
    {
      path: `${path}/compare`,
      async check(page, api, language) {
        const { arms } = await api(`${path}/compare`);
        return [
          [await column(page, 2, language), arms.map((arm) => arm.messages)],
          [(await column(page, 6, language)).map(Math.round), arms.map((arm) => Math.round(Math.min(99.9, Math.max(0.1, arm.probability_best * 100))))],
        ];
      },
    },
    {
      path: '/recipients',
      async check(page, api, language) {
        const { recipients } = await api('/recipients?filter=engaged&limit=100');
        return [[await column(page, 2, language), recipients.map((row) => row.opened_human_total)]];
      },
    },
    {
      path: `/recipients/${recipient}`,
      async check(page, api) {
        const { events } = await api(`/recipients/${recipient}/timeline`);
        const times = await page.locator('.timeline time').evaluateAll((found) => found.map((time) => time.dateTime));
        return [[times, events.map((event) => event.event_time)]];
      },
    },
    {
      path: '/lists',
      async check(page, api, language) {
        const { lists } = await api(`/lists?from=${daysAgo(30)}`);
        const rates = lists.map((row) => row.rates.list_growth_rate);
        const told = await page.locator('.table .figure').evaluateAll((found) => found.map((figure) => figure.dataset.tip));
        return [
          [await column(page, 1, language), lists.map((row) => row.size_at_end)],
          [await column(page, 2, language), lists.map((row) => row.counts.subscribed)],
          [await column(page, 3, language), lists.map((row) => row.counts.departed)],
          [told.map((text) => sorted(numbersIn(text, language))), rates.map((rate) => sorted([rate.numerator, rate.denominator]))],
        ];
      },
    },
    {
      path: `/lists/${list}`,
      async check(page, api, language) {
        const growth = await api(`/lists/${list}/growth?from=${daysAgo(30)}`);
        const rate = growth.rates.list_growth_rate;
        const cards = await numbersAt(page, '.metric-value', language);
        const below = await page.locator('.metric-below').allInnerTexts();
        await page.locator('.as-table summary').click();
        await page.locator('.as-table .table').waitFor();
        return [
          [cards.slice(1), [growth.size_at_start, growth.size_at_end, growth.counts.subscribed, growth.counts.departed]],
          [sorted(numbersIn(below[0], language)), sorted([rate.numerator, rate.denominator])],
          [numbersIn(below[4], language), [growth.counts.unsubscribed, growth.counts.complained]],
          [await column(page, 1, language, '.as-table .table'), growth.days.map((day) => day.subscribed)],
          [(await column(page, 2, language, '.as-table .table')).map(Math.abs), growth.days.map((day) => day.departed)],
        ];
      },
    },
    {
      path: '/mailboxes',
      async check(page, api, language) {
        const { mailboxes } = await api('/mailboxes');
        return [[await column(page, 2, language), mailboxes.map((row) => row.received)]];
      },
    },
    {
      path: `/mailboxes/${mailbox}`,
      async check(page, api, language) {
        const { slices } = await api(`/mailboxes/${mailbox}`);
        const cards = await numbersAt(page, '.metric-value', language);
        const { cells } = await api(`/mailboxes/${mailbox}/heatmap`);
        return [[cards.slice(3), [slices[0].sent, slices[0].received]], ...(await hours(page, cells, language))];
      },
    },
    {
      path: `/mailboxes/${mailbox}?event=sent&zone=Asia%2FTehran`,
      async check(page, api, language) {
        return hours(page, (await api(`/mailboxes/${mailbox}/heatmap?event=sent&zone=Asia/Tehran`)).cells, language);
      },
    },
    {
      path: '/totals',
      async check(page, api, language) {
        const { totals } = await api('/totals?by=month');
        return [[sorted(await column(page, 2, language, '.card.flush .table')), sorted(totals.map((row) => row.counts.opened.total))]];
      },
    },
    {
      path: '/totals?by=label',
      async check(page, api, language) {
        const { totals } = await api('/totals?by=label');
        return [[sorted(await column(page, 1, language)), sorted(totals.map((row) => row.counts.sent.unique))]];
      },
    },
    {
      path: '/totals?by=campaign&days=7&compare=previous',
      async check(page, api, language) {
        const { from, to } = await page.locator('.card.flush').evaluate((card) => card.dataset);
        const { totals } = await api(`/totals?by=campaign&from=${from}&to=${to}&compare=previous`);
        const both = (texts) => texts.map((text) => numbersIn(text, language).slice(0, 2));
        const cells = await page.locator('.table tbody tr > :nth-child(3)').allInnerTexts();
        return [[both(cells).sort(), totals.map((row) => [row.counts.opened.total, row.previous.opened.total]).sort()]];
      },
    },
    {
      path: '/signals',
      async check(page, api) {
        const { signals } = await api('/signals?limit=100');
        return [[await page.locator('.table tbody tr').count(), signals.length]];
      },
    },
    {
      path: '/accounting',
      check: accountingPairs,
    },
  ];
}
