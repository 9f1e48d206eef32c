import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { az } from '../src/i18n/az';
import { en } from '../src/i18n/en';
import { fa } from '../src/i18n/fa';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

describe('every language', () => {
  for (const [name, messages] of Object.entries({ fa, az })) {
    it(`has the placeholders of English: ${name}`, () => {
      assert.deepEqual(Object.keys(messages).sort(), Object.keys(en).sort());
      for (const [key, text] of Object.entries(en)) {
        assert.deepEqual(placeholders(messages[key as keyof typeof en]), placeholders(text), key);
      }
    });
  }

  it('says what the others say in words of its own', () => {
    const alike = Object.entries(en).filter(([key, text]) => fa[key as keyof typeof en] === text);
    assert.deepEqual(alike.map(([key]) => key), ['table.csv']);
  });
});
