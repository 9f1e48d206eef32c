// Opens every page of the dashboard in a real Chromium, in turn in all languages, themes and sizes, and
// ends with 1 and a list where something is not as it should be.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { launch } from './chromium.mjs';
import { numbersAt, numbersIn } from './numbers.mjs';
import { views } from './views.mjs';

const { AFTERSEND_API: base, AFTERSEND_KEY: key, CAMPAIGN, LIST, MAILBOX, RECIPIENT, TRACKED, PICTURES, EVERY_LOOK, OIDC_API } = process.env;
const AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const PATIENCE_MS = 60_000;
const STAYS_MS = 30_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every pair of language, theme and size, in as few combinations as that takes. */
const LOOKS = [
  { language: 'en', theme: 'light', size: 'desktop' },
  { language: 'fa', theme: 'dark', size: 'desktop' },
  { language: 'az', theme: 'dark', size: 'phone' },
  { language: 'fa', theme: 'light', size: 'phone' },
  { language: 'en', theme: 'dark', size: 'phone' },
  { language: 'az', theme: 'light', size: 'desktop' },
];
const SIZES = { desktop: { width: 1320, height: 860 }, phone: { width: 390, height: 844 } };

const problems = [];

function expect(where, what, shown, wanted) {
  if (!isDeepStrictEqual(shown, wanted)) {
    problems.push(`${where}: ${what}: expected ${JSON.stringify(wanted)}, the screen has ${JSON.stringify(shown)}`);
  }
}

async function api(path) {
  const response = await fetch(`${base}/api/v1${path}`, { headers: { Authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function open(browser, look) {
  const context = await browser.newContext({ viewport: SIZES[look.size], colorScheme: look.theme, reducedMotion: 'reduce' });
  await context.addInitScript((language) => localStorage.setItem('aftersend.language', language), look.language);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(`${page.url()}: ${message.text()} ${message.location().url}`);
    }
  });
  return page;
}

async function settle(page) {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.skeleton') && [...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('canvas')));
}

async function checkView(page, view, look) {
  const where = `${view.path} (${look.language}, ${look.theme}, ${look.size})`;
  await page.goto(base + view.path);
  await settle(page);
  // Numbers may move while other tests run: a difference counts when it stays.
  let pairs = await view.check(page, api, look.language);
  const end = Date.now() + STAYS_MS;
  while (!pairs.every(([shown, wanted]) => isDeepStrictEqual(shown, wanted)) && Date.now() < end) {
    await page.reload();
    await settle(page);
    pairs = await view.check(page, api, look.language);
  }
  pairs.forEach(([shown, wanted], index) => expect(where, `number ${index + 1}`, shown, wanted));
  expect(where, 'direction', await page.evaluate(() => document.documentElement.dir), look.language === 'fa' ? 'rtl' : 'ltr');
  expect(where, 'theme', await page.evaluate(() => document.documentElement.dataset.theme), look.theme);
  expect(where, 'errors', await page.locator('.failed').count(), 0);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (beyond > 0) problems.push(`${where}: the page is ${beyond} pixels wider than its window`);
  await checkAccess(page, where);
  if (PICTURES) {
    const name = `${view.path.replace(/[^a-z]+/gi, '-')}-${look.language}-${look.theme}-${look.size}`;
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }
}

async function checkAccess(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const violation of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')) {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${(node.any[0] ?? node.all[0] ?? {}).message ?? ''})`);
    problems.push(`${where}: ${violation.id}: ${nodes.join(' | ')}`);
  }
}

async function checkSignIn(page, look) {
  await page.goto(`${base}/campaigns`);
  await page.locator('#key').waitFor();
  await checkAccess(page, 'sign-in');
  await page.locator('#key').fill(key);
  await page.locator('form button').click();
  await page.locator('.table').waitFor();
  const kept = await page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie);
  expect('sign-in', 'the key in reach of scripts', kept.includes(key), false);
  if (look.size === 'phone') await page.locator('.menu').click();
}

/** By the button of the identity provider, which is another site, to the same numbers. */
async function checkProvider(browser) {
  const page = await open(browser, LOOKS[0]);
  await page.goto(`${OIDC_API}/campaigns`);
  await page.locator('.provider').click();
  await page.locator('.table').waitFor();
  expect('provider', 'where one lands', new URL(page.url()).origin, new URL(OIDC_API).origin);
  const { campaigns } = await api('/campaigns?sort=first_sent&order=desc');
  expect('provider', 'campaigns', await page.locator('.campaigns .row-title').allInnerTexts(), campaigns.map((row) => row.name ?? row.campaign));
  const held = await page.evaluate(async () => (await fetch('/auth/session')).json());
  expect('provider', 'what one may', held.scopes, ['read']);
  await page.locator('.sign-out').click();
  await page.locator('.provider').waitFor();
}

/** A session that is over leads to the sign-in page from wherever one is. */
async function checkEndOfSession(page) {
  await page.context().clearCookies();
  const before = problems.length;
  await page.locator('.place').nth(2).click();
  await page.locator('#key').waitFor();
  // The browser reports the 401 itself; that it comes is the point.
  problems.splice(before, problems.length - before, ...problems.slice(before).filter((problem) => !problem.includes('401')));
}

async function checkKeyboard(page) {
  await page.goto(`${base}/campaigns/${CAMPAIGN}`);
  await settle(page);
  await page.keyboard.press('Tab');
  expect('keyboard', 'first stop', await page.evaluate(() => document.activeElement.className), 'skip');
  await page.locator('.metric .figure').first().focus();
  const { rates } = await api(`/campaigns/${CAMPAIGN}`);
  const tip = await page.locator('#tip').innerText();
  const wanted = `${rates.click_through_rate.numerator} of ${rates.click_through_rate.denominator}`;
  expect('keyboard', 'what a rate is made of', tip.startsWith(wanted), true);
  await page.keyboard.press('Escape');
  expect('keyboard', 'Escape hides it', await page.locator('#tip').isVisible(), false);
  await checkMapByKeys(page);
}

/** Arrow keys walk through the countries of the map, those with the most first, and each says its numbers. */
async function checkMapByKeys(page) {
  await page.goto(`${base}/campaigns/${CAMPAIGN}/audience`);
  await settle(page);
  const { places } = await api(`/campaigns/${CAMPAIGN}/places`);
  const opens = (row) => row.counts.opened.human_total;
  const known = places.filter((row) => row.country !== null).sort((one, other) => opens(other) - opens(one));
  await page.locator('.map-country[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  expect('map', 'second country', await page.evaluate(() => document.activeElement.dataset.country), known[1].country);
  const told = await page.locator('#tip').innerText();
  const all = places.reduce((sum, row) => sum + opens(row), 0);
  expect('map', 'its numbers', numbersIn(told, 'en').slice(1), [opens(known[1]), all]);
}

/** What is typed, sorted and chosen is asked of the API, and stands in the address. */
async function checkCampaigns(page) {
  const names = () => page.locator('.campaigns .row-title').allInnerTexts();
  const wanted = async (query) => (await api(`/campaigns?${query}`)).campaigns.map((row) => row.name ?? row.campaign);
  const asked = (query) => page.waitForResponse((response) => new URL(response.url()).pathname === '/api/v1/campaigns' && response.url().includes(query));
  await page.goto(`${base}/campaigns`);
  await settle(page);
  let answer = asked('sort=opened');
  await page.locator('[data-column="opened"]').click();
  await answer;
  await page.locator('th[aria-sort="descending"] [data-column="opened"]:focus').waitFor();
  expect('campaigns', 'by opens', await names(), await wanted('sort=opened&order=desc'));
  answer = asked('search=offer');
  await page.locator('.search').fill('offer');
  await answer;
  await page.waitForFunction(() => document.querySelectorAll('.campaigns .row-title').length === 1);
  expect('campaigns', 'found', await names(), await wanted('search=offer'));
  expect('campaigns', 'address', Object.fromEntries(new URL(page.url()).searchParams), { search: 'offer', sort: 'opened', order: 'desc' });
  await page.reload();
  await settle(page);
  expect('campaigns', 'found again', await names(), await wanted('search=offer'));
}

/** A click of a recipient becomes a number on a page that is open, by itself. */
async function checkLive(page) {
  await page.goto(`${base}/campaigns/${CAMPAIGN}`);
  await settle(page);
  const cell = '[data-number="clicked.total"]';
  const [before] = await numbersAt(page, cell, 'en');
  const hit = await fetch(TRACKED, { redirect: 'manual', headers: { 'User-Agent': AGENT } });
  expect('live', 'answer to the click', hit.status, 302);
  await page
    .waitForFunction(([at, than]) => Number(document.querySelector(at)?.textContent.replaceAll(',', '')) > than, [cell, before])
    .catch(() => problems.push(`live: the number of clicks stayed ${before}`));
}

const begun = Date.now();
if (PICTURES) mkdirSync(PICTURES, { recursive: true });
const browser = await launch();
try {
  const pages = [];
  for (const look of LOOKS) {
    const page = await open(browser, look);
    await checkSignIn(page, look);
    pages.push({ page, look });
  }
  const all = views({ campaign: CAMPAIGN, list: LIST, mailbox: MAILBOX, recipient: RECIPIENT });
  for (const [index, view] of all.entries()) {
    for (const { page, look } of EVERY_LOOK ? pages : [pages[index % pages.length]]) await checkView(page, view, look);
  }
  const english = pages[0].page;
  await checkCampaigns(english);
  await checkKeyboard(english);
  await checkLive(english);
  await checkEndOfSession(english);
  await checkProvider(browser);
} catch (error) {
  // What was found until then is told too.
  problems.push(error.stack);
} finally {
  await browser.close();
}
console.log(`${problems.length} problems within ${Date.now() - begun} ms`);
problems.forEach((problem) => console.log(`- ${problem}`));
process.exit(problems.length === 0 ? 0 : 1);
