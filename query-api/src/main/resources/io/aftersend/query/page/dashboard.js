import { drawHeatmap, isEmpty } from './heatmap.js';

const KEY = 'aftersend-key';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });
const $ = (id) => document.getElementById(id);

const NAMES = {
  click_through_rate: 'Click-through rate',
  click_through_rate_total: 'Click-through rate, all clicks',
  click_to_open_rate: 'Click-to-open rate',
  conversion_rate: 'Conversion rate',
  open_rate: 'Open rate',
  delivery_rate: 'Delivery rate',
  bounce_rate: 'Bounce rate',
  unsubscribe_rate: 'Unsubscribe rate',
  complaint_rate: 'Complaint rate',
  forward_rate: 'Forward rate',
  reply_rate: 'Reply rate',
  roi: 'Return on investment',
};
const PARTS = {
  lower: 'at least', upper: 'at most', adjusted: 'without prefetch', prefetch_share: 'prefetch only',
  hard: 'hard', soft: 'soft', block: 'blocked', inferred: 'inferred, not included',
};

// Answers of an earlier question must not overwrite those of a later one.
let turn = 0;
let heatmapTurn = 0;

class Failure extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `the server answered ${status}`);
    this.status = status;
  }
}

async function get(path) {
  let response;
  try {
    response = await fetch(path, {
      headers: { Authorization: `Bearer ${sessionStorage.getItem(KEY)}`, Accept: 'application/json' },
    });
  } catch {
    throw new Failure(0, { detail: 'the server cannot be reached; try again' });
  }
  if (!response.ok) throw new Failure(response.status, await response.json().catch(() => undefined));
  return response.json();
}

function say(place, text, isError = false) {
  place.textContent = text;
  place.classList.toggle('error', isError);
  place.hidden = text === '';
}

function element(name, text, className) {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
}

function words(name) {
  const text = name.replaceAll('_', ' ');
  return text[0].toUpperCase() + text.slice(1);
}

function failed(failure) {
  if (failure.status === 401) {
    signOut('This key is unknown or revoked.');
  } else if (failure.status === 403) {
    say($('status'), 'This key may not read. Use one with the scope read.', true);
  } else {
    say($('status'), `Error: ${failure.message}`, true);
  }
}

function signOut(reason = '') {
  turn++;
  sessionStorage.removeItem(KEY);
  $('picker').hidden = true;
  $('report').hidden = true;
  $('sign-in').hidden = false;
  say($('status'), reason, reason !== '');
  $('key').focus();
}

// The list is a help for typing: the first thousand are enough for it, any other id can be typed.
async function signIn() {
  say($('status'), 'Loading campaigns …');
  try {
    const { campaigns, next_cursor: next } = await get('/api/v1/campaigns?limit=1000');
    $('campaigns').replaceChildren(...campaigns.map((each) => {
      const option = document.createElement('option');
      option.value = each.campaign;
      option.label = each.name ?? each.subject ?? each.campaign;
      return option;
    }));
    $('sign-in').hidden = true;
    $('picker').hidden = false;
    if (asked()) {
      await show();
    } else if (campaigns.length === 0) {
      say($('status'), 'There are no campaigns yet. A campaign appears with its first event.');
    } else {
      say($('status'), `Choose one of ${next ? 'more than ' : ''}${whole.format(campaigns.length)} campaigns.`);
    }
  } catch (failure) {
    failed(failure);
    if (failure.status === 403) $('sign-in').hidden = false;
  }
}

function asked() {
  return new URLSearchParams(location.hash.slice(1)).get('campaign');
}

async function show() {
  const campaign = asked();
  const mine = ++turn;
  $('report').hidden = true;
  if (!campaign) {
    say($('status'), 'Choose a campaign.');
    return;
  }
  $('campaign').value = campaign;
  say($('status'), 'Loading …');
  try {
    const answer = await get(`/api/v1/campaigns/${encodeURIComponent(campaign)}`);
    if (mine !== turn) return;
    say($('status'), '');
    draw(answer);
    $('report').hidden = false;
    await showHeatmap();
  } catch (failure) {
    if (mine !== turn) return;
    if (failure.status === 404) {
      say($('status'), `There is no campaign “${campaign}”.`, true);
    } else {
      failed(failure);
    }
  }
}

function draw(answer) {
  document.title = `${answer.name ?? answer.campaign} · Aftersend`;
  $('title').textContent = answer.name ?? answer.campaign;
  const about = [answer.subject, answer.name ? answer.campaign : null, answer.list && `list ${answer.list}`,
    answer.cost === null ? null : `cost ${whole.format(answer.cost)} ${answer.currency}`,
    ...Object.entries(answer.revenue).map(([currency, sum]) => `revenue ${whole.format(sum)} ${currency}`),
    answer.count_source === 'provider' ? "the provider's opens and clicks" : null];
  $('subtitle').textContent = about.filter(Boolean).join(' · ');
  $('tags').replaceChildren(...answer.labels.map((label) => element('li', label)));
  const known = Object.keys(NAMES).filter((metric) => answer.rates[metric]);
  const others = Object.keys(answer.rates).filter((metric) => !NAMES[metric]);
  $('rates').replaceChildren(...[...known, ...others].map((metric) => card(metric, answer.rates[metric])));
  $('counts').replaceChildren(...Object.entries(answer.counts).map(([type, count]) => {
    const row = document.createElement('tr');
    const head = element('th', words(type));
    head.scope = 'row';
    row.append(head);
    for (const number of [count.unique, count.total, count.human_unique, count.human_total]) {
      row.append(element('td', number === undefined ? '' : whole.format(number)));
    }
    return row;
  }));
}

function value(rate) {
  return rate.value === null ? '–' : percent.format(rate.value);
}

function from(rate) {
  return `${whole.format(rate.numerator)} ÷ ${whole.format(rate.denominator)}`;
}

function card(metric, rate) {
  const item = document.createElement('li');
  item.append(element('h3', NAMES[metric] ?? words(metric)));
  const isInterval = rate.lower && rate.upper && rate.value !== null;
  item.append(element('p', isInterval ? `${value(rate.lower)} – ${value(rate.upper)}` : value(rate), 'value'));
  const whom = metric === 'roi' ? rate.currency ?? 'no cost is set' : rate.counts === 'human' ? 'people' : 'all';
  item.append(element('p', `${from(rate)} · ${whom}`, 'from'));
  const parts = Object.keys(PARTS).filter((part) => rate[part]);
  if (parts.length > 0) {
    const list = document.createElement('dl');
    for (const part of parts) {
      list.append(element('dt', PARTS[part]), element('dd', `${value(rate[part])} = ${from(rate[part])}`));
    }
    item.append(list);
  }
  if (rate.reliability) item.append(element('p', rate.reliability, 'hint'));
  return item;
}

async function showHeatmap() {
  const mine = ++heatmapTurn;
  const parameters = new URLSearchParams(new FormData($('heatmap-form')));
  if (!parameters.get('zone')?.trim()) parameters.delete('zone');
  else parameters.set('zone', parameters.get('zone').trim());
  say($('heatmap-status'), 'Loading …');
  try {
    const answer = await get(`/api/v1/campaigns/${encodeURIComponent(asked())}/heatmap?${parameters}`);
    if (mine !== heatmapTurn) return;
    say($('heatmap-status'), isEmpty(answer) ? 'Nothing of this kind has happened yet.' : '');
    $('heatmap').hidden = isEmpty(answer);
    $('legend').hidden = true;
    if (!isEmpty(answer)) drawHeatmap(answer, $('heatmap'), $('legend'));
  } catch (failure) {
    if (mine !== heatmapTurn) return;
    $('heatmap').hidden = true;
    $('legend').hidden = true;
    if (failure.status === 401) failed(failure);
    else say($('heatmap-status'), `Error: ${failure.message}`, true);
  }
}

$('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, $('key').value.trim());
  $('key').value = '';
  signIn();
});
$('picker').addEventListener('submit', (event) => {
  event.preventDefault();
  const wanted = `#${new URLSearchParams({ campaign: $('campaign').value.trim() })}`;
  if (location.hash === wanted) show();
  else location.hash = wanted;
});
$('sign-out').addEventListener('click', () => signOut());
$('heatmap-form').addEventListener('change', showHeatmap);
$('heatmap-form').addEventListener('submit', (event) => {
  event.preventDefault();
  showHeatmap();
});
addEventListener('hashchange', () => {
  if (sessionStorage.getItem(KEY)) show();
});

if (sessionStorage.getItem(KEY)) signIn();
else signOut();
