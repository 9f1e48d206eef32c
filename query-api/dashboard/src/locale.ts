import { en, type Messages } from './i18n/en';

export type Language = 'en' | 'fa' | 'az';
export type Key = keyof Messages;

export const LANGUAGES: readonly { id: Language; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'fa', name: 'فارسی' },
  { id: 'az', name: 'Azərbaycanca' },
];

const loaders: Record<Language, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  fa: () => import('./i18n/fa').then((module) => module.fa),
  az: () => import('./i18n/az').then((module) => module.az),
};

/** Names of countries for languages that browsers do not know. */
const countryLoaders: Partial<Record<Language, () => Promise<Readonly<Record<string, string>>>>> = {
  az: () => import('./i18n/az-countries').then((module) => module.AZ_COUNTRIES),
};

let current: Language = 'en';
let messages: Messages = en;
let countries: Readonly<Record<string, string>> | null = null;

export function language(): Language {
  return current;
}

export function isRtl(): boolean {
  return current === 'fa';
}

/** Makes it the language of everything that is drawn from now on. */
export async function useLanguage(next: Language): Promise<void> {
  [messages, countries] = await Promise.all([loaders[next](), countryLoaders[next]?.() ?? null]);
  current = next;
}

/** The names of countries by code; null where the browser has them. */
export function countryNames(): Readonly<Record<string, string>> | null {
  return countries;
}

/** The language to begin with: the one chosen before, else the browser's, else English. */
export function firstLanguage(chosen: string | null, browser: readonly string[]): Language {
  const known = LANGUAGES.map((entry) => entry.id);
  for (const tag of [chosen ?? '', ...browser]) {
    const found = known.find((id) => id === tag.toLowerCase().split('-')[0]);
    if (found) return found;
  }
  return 'en';
}

/** A text of the interface, with `{name}` replaced by values, which are given as they shall stand. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A text whose key is put together from data; the data itself where there is no such key. */
export function term(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return key in messages ? messages[key as Key] : value;
}
