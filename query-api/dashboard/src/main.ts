import '@fontsource-variable/inter/wght.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/charts.css';
import type { Session } from './answers';
import { onSignedOut, session as askSession, signOut } from './api';
import { redrawCharts } from './chart/charts';
import { h, replace } from './dom';
import { useZone } from './format';
import { firstLanguage, isRtl, language, t, useLanguage, type Language } from './locale';
import { installTip } from './parts/tip';
import { failed } from './parts/states';
import { routes } from './routes';
import { follow, match, navigate } from './router';
import { applyTheme, keep, setting, theme } from './settings';
import { shell } from './shell';
import { signInPage } from './pages/sign-in';

const app = document.getElementById('app') as HTMLElement;
let current: Session | null = null;
let leaving = new AbortController();

async function speak(next: Language): Promise<void> {
  if (next === 'fa') await import('@fontsource-variable/vazirmatn/wght.css');
  await useLanguage(next);
  document.documentElement.lang = language();
  document.documentElement.dir = isRtl() ? 'rtl' : 'ltr';
}

/** Draws the page of the present address. */
function show(): void {
  leaving.abort();
  leaving = new AbortController();
  if (!current) {
    showSignIn();
    return;
  }
  const found = match(routes, location.pathname);
  if (!found) {
    navigate('/campaigns', true);
    return;
  }
  const page = found.entry.make({
    path: found.path,
    query: new URLSearchParams(location.search),
    signal: leaving.signal,
  });
  document.title = `${page.title} · Aftersend`;
  replace(app, shell(current, page, actions));
  window.scrollTo(0, 0);
}

function showSignIn(): void {
  document.title = `${t('signIn.title')} · Aftersend`;
  replace(
    app,
    signInPage(actions, (signedIn) => {
      enter(signedIn);
      if (location.pathname === '/sign-in') navigate('/campaigns', true);
      else show();
    }),
  );
}

function enter(signedIn: Session): void {
  current = signedIn;
  useZone(signedIn.zone);
}

const actions = {
  speak: (next: Language) => {
    keep('language', next);
    void speak(next).then(show);
  },
  switchTheme: () => {
    keep('theme', theme() === 'dark' ? 'light' : 'dark');
    applyTheme();
    redrawCharts();
  },
  signOut: () => {
    void signOut().finally(() => {
      current = null;
      show();
    });
  },
};

export type Actions = typeof actions;

async function start(): Promise<void> {
  applyTheme();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    applyTheme();
    redrawCharts();
  });
  await speak(firstLanguage(setting('language'), navigator.languages));
  installTip();
  onSignedOut(() => {
    current = null;
    show();
  });
  follow(show);
  try {
    const signedIn = await askSession();
    if (signedIn) enter(signedIn);
    show();
  } catch (error) {
    replace(app, h('main', { class: 'alone' }, failed(error, () => location.reload())));
  }
}

void start();
