/** Choices that this browser keeps. A browser that keeps nothing just asks again. */
type Name = 'language' | 'theme' | 'notify';

const PREFIX = 'aftersend.';

export function setting(name: Name): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function keep(name: Name, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows of some browsers keep nothing.
  }
}

export type Theme = 'light' | 'dark';

/** The theme that is shown: the one chosen, else the system's. */
export function theme(): Theme {
  const chosen = setting('theme');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme();
}
