// Reads numbers as they stand on the screen, in the digits and separators of a language.
const DECIMAL = { en: '.', fa: '٫', az: ',' };

/** All numbers in a text, in its order. */
export function numbersIn(text, language) {
  const plain = text.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0)).replace(/[\u200e\u200f\u2066-\u2069]/g, '');
  const group = { en: ',', fa: '٬', az: '.' }[language];
  const found = plain.match(new RegExp(`-?\\d+(?:[${group}]\\d{3})*(?:[${DECIMAL[language]}]\\d+)?`, 'g')) ?? [];
  return found.map((number) => Number(number.replaceAll(group, '').replace(DECIMAL[language], '.')));
}

/** The numbers of the elements that a selector finds, one for each. */
export async function numbersAt(page, selector, language) {
  const texts = await page.locator(selector).allInnerTexts();
  return texts.map((text) => numbersIn(text, language)[0] ?? null);
}

/** The numbers in a column of a table, from 0. */
export function column(page, index, language, table = '.table') {
  return numbersAt(page, `${table} tbody tr > :nth-child(${index + 1})`, language);
}
