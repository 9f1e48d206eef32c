import type { Session } from '../answers';
import { Problem, providers, signIn } from '../api';
import { h } from '../dom';
import { t } from '../locale';
import type { Actions } from '../main';
import { choices, mark } from '../shell';

/** Where a person who is not signed in lands, whatever page they asked for. */
export function signInPage(actions: Actions, entered: (session: Session) => void): Node {
  const input = h('input', {
    id: 'key',
    class: 'input',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
    spellcheck: 'false',
    dir: 'ltr',
    'aria-describedby': 'key-hint key-error',
  });
  const error = h('p', { id: 'key-error', class: 'form-error', role: 'alert' });
  const button = h('button', { type: 'submit', class: 'button primary' }, t('signIn.submit'));
  const form = h(
    'form',
    { class: 'card sign-in', novalidate: true },
    mark(),
    h('h1', null, t('signIn.title')),
    h('p', { class: 'muted' }, t('signIn.lead')),
    h('label', { for: 'key', class: 'label' }, t('signIn.key')),
    input,
    h('p', { id: 'key-hint', class: 'hint' }, t('signIn.hint')),
    error,
    button,
  );
  if (new URLSearchParams(location.search).has('failed')) error.textContent = t('signIn.providerFailed');
  void providers()
    .then((list) =>
      list.forEach(({ name, start }) => {
        // The router must not take this link: it leads to another site.
        form.append(h('a', { class: 'button provider', href: start, target: '_self' }, t('signIn.oidc', { name })));
      }),
    )
    .catch(() => {
      // Without them there are still keys.
    });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    error.textContent = '';
    signIn(input.value.trim())
      .then(entered)
      .catch((reason: unknown) => {
        const status = reason instanceof Problem ? reason.status : 0;
        error.textContent = t(status === 401 || status === 400 ? 'signIn.wrong' : 'signIn.failed');
        input.setAttribute('aria-invalid', 'true');
        input.focus();
      })
      .finally(() => {
        button.disabled = false;
      });
  });
  return h('div', { class: 'alone' }, h('main', null, form), choices(actions));
}
