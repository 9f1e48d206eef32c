// The heatmap as an accessible table. Colours come from classes: the page's policy allows no inline style.

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const STEPS = 5;
const whole = new Intl.NumberFormat('en');

function element(name, text, attributes = {}) {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function step(cell, greatest) {
  return Math.max(1, Math.ceil((STEPS * cell.total) / greatest));
}

function cellOf(cell, greatest, place) {
  if (cell.total === 0) {
    return element('td', '·', { class: 'none', 'aria-label': `${place}: none` });
  }
  if (cell.masked) {
    return element('td', '', {
      class: 'masked',
      title: `${place}: too few messages to show`,
      'aria-label': `${place}: too few messages to show`,
    });
  }
  const words = `${place}: ${whole.format(cell.total)} events, first of ${whole.format(cell.first)} messages`;
  return element('td', whole.format(cell.total), {
    class: `heat-${step(cell, greatest)}`,
    title: words,
    'aria-label': words,
  });
}

function table(caption, columns, corner) {
  const node = element('table', undefined, { class: 'heat' });
  node.append(element('caption', caption));
  const head = node.createTHead().insertRow();
  head.append(element('th', corner, { scope: 'col' }));
  for (const column of columns) head.append(element('th', column, { scope: 'col' }));
  return node;
}

function hourly(answer, greatest, caption) {
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const node = table(caption, hours, 'Hour');
  const body = node.createTBody();
  WEEKDAYS.forEach((weekday, index) => {
    const row = body.insertRow();
    row.append(element('th', weekday, { scope: 'row' }));
    for (const cell of answer.cells.filter((each) => each.weekday === index + 1)) {
      row.append(cellOf(cell, greatest, `${weekday} ${hours[cell.hour]}:00`));
    }
  });
  return node;
}

// Weeks below each other, as in a calendar.
function daily(answer, greatest, caption) {
  const node = table(caption, WEEKDAYS.map((weekday) => weekday.slice(0, 3)), 'Week of');
  const body = node.createTBody();
  let row;
  answer.cells.forEach((cell, index) => {
    const date = new Date(`${cell.date}T00:00:00Z`);
    const column = (date.getUTCDay() + 6) % 7;
    if (index === 0 || column === 0) {
      row = body.insertRow();
      const monday = new Date(date.getTime() - column * 86400000);
      row.append(element('th', monday.toISOString().slice(0, 10), { scope: 'row' }));
      for (let empty = 0; empty < column; empty++) row.insertCell().className = 'outside';
    }
    row.append(cellOf(cell, greatest, cell.date));
  });
  return node;
}

export function drawHeatmap(answer, place, legend) {
  const shown = answer.cells.filter((cell) => !cell.masked && cell.total > 0);
  const greatest = Math.max(1, ...shown.map((cell) => cell.total));
  const zone = answer.zone === 'recipient' ? "each recipient's own time zone" : answer.zone;
  const caption = `${answer.event}, ${answer.counts === 'human' ? 'people only' : 'machines too'}, by `
    + `${answer.basis === 'sent' ? 'when the mail was sent' : 'when it happened'}, in ${zone}`
    + (answer.unplaced ? `; ${whole.format(answer.unplaced.total)} without a known zone left out` : '');
  place.replaceChildren((answer.grain === 'daily' ? daily : hourly)(answer, greatest, caption));
  const scale = [element('span', '1')];
  for (let index = 1; index <= STEPS; index++) scale.push(element('i', undefined, { class: `heat-${index}` }));
  scale.push(element('span', whole.format(greatest)), element('i', undefined, { class: 'gap' }));
  scale.push(element('i', undefined, { class: 'masked' }), element('span', 'too few messages'));
  legend.replaceChildren(...scale);
  legend.hidden = false;
}

export function isEmpty(answer) {
  return answer.cells.every((cell) => cell.total === 0);
}
