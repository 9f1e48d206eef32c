'use strict';

/* Draws the OpenAPI document: text goes in as text, never as markup. */

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

function element(name, text, ...children) {
  const node = document.createElement(name);
  if (text) {
    node.textContent = text;
  }
  node.append(...children);
  return node;
}

function resolve(doc, thing) {
  if (!thing || !thing.$ref) {
    return thing;
  }
  return thing.$ref.slice(2).split('/').reduce((node, part) => node[part], doc);
}

/* A schema as the shape of the JSON that it allows; what contains itself is named only. */
function shape(doc, schema, indent, above) {
  if (!schema) {
    return 'any';
  }
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return above.includes(name) ? name : shape(doc, resolve(doc, schema), indent, [...above, name]);
  }
  if (schema.oneOf) {
    return schema.oneOf.map((each) => shape(doc, each, indent, above)).join(' | ');
  }
  if (schema.enum) {
    return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  }
  const types = [].concat(schema.type || 'any');
  return types.map((type) => shapeOf(doc, type, schema, indent, above)).join(' | ');
}

function shapeOf(doc, type, schema, indent, above) {
  if (type === 'array') {
    return '[' + shape(doc, schema.items, indent, above) + ', …]';
  }
  if (type !== 'object') {
    return schema.format || type;
  }
  const inner = indent + '  ';
  const required = schema.required || [];
  const lines = Object.entries(schema.properties || {}).map(([name, each]) =>
      inner + name + (required.includes(name) ? '' : '?') + ': ' + shape(doc, each, inner, above));
  if (schema.additionalProperties && typeof schema.additionalProperties === 'object') {
    lines.push(inner + '…: ' + shape(doc, schema.additionalProperties, inner, above));
  }
  return lines.length ? '{\n' + lines.join('\n') + '\n' + indent + '}' : '{}';
}

function parameters(doc, list) {
  const rows = list.map((each) => {
    const parameter = resolve(doc, each);
    const values = shape(doc, parameter.schema, '', []);
    const byDefault = parameter.schema.default ? ', by default ' + parameter.schema.default : '';
    return element('tr', '', element('th', '', element('code', parameter.name)),
        element('td', parameter.in), element('td', values + byDefault), element('td', parameter.description));
  });
  const head = element('tr', '', element('th', 'parameter'), element('th', 'in'), element('th', 'values'), element('th', ''));
  return element('table', '', element('thead', '', head), element('tbody', '', ...rows));
}

function answers(doc, responses) {
  const rows = Object.entries(responses).map(([status, each]) => {
    const response = resolve(doc, each);
    const forms = Object.keys(response.content || {}).join(', ');
    return element('tr', '', element('th', status), element('td', response.description), element('td', forms));
  });
  return element('table', '', element('tbody', '', ...rows));
}

function body(doc, title, content) {
  const json = (content || {})['application/json'];
  if (!json) {
    return [];
  }
  return [element('details', '', element('summary', title), element('pre', shape(doc, json.schema, '', [])))];
}

function scopes(doc, operation) {
  const needs = (operation.security || []).flatMap((each) => Object.values(each).flat());
  return needs.length ? 'Key with the scope ' + needs.join(' or ') + '.' : 'Open to anyone.';
}

function section(doc, base, path, method, item) {
  const operation = item[method];
  const node = element('section', '', element('h3', '', element('code', method.toUpperCase() + ' ' + base + path)));
  node.id = operation.operationId;
  node.append(element('p', [operation.summary + '.', operation.description, scopes(doc, operation)].filter(Boolean).join(' ')));
  const all = [...(item.parameters || []), ...(operation.parameters || [])];
  if (all.length) {
    node.append(parameters(doc, all));
  }
  node.append(...body(doc, 'Body', (operation.requestBody || {}).content));
  node.append(...body(doc, 'Answer', (operation.responses['200'] || {}).content));
  node.append(element('details', '', element('summary', 'Statuses'), answers(doc, operation.responses)));
  return node;
}

function draw(doc) {
  const base = doc.servers[0].url;
  const contents = document.getElementById('contents');
  const operations = document.getElementById('operations');
  document.getElementById('about').prepend(doc.info.description + ' ');
  operations.replaceChildren();
  for (const tag of doc.tags) {
    const links = element('ul');
    operations.append(element('h2', tag.name));
    for (const [path, item] of Object.entries(doc.paths)) {
      for (const method of METHODS.filter((each) => item[each] && item[each].tags.includes(tag.name))) {
        const link = element('a', item[method].summary);
        link.href = '#' + item[method].operationId;
        links.append(element('li', '', link));
        operations.append(section(doc, base, path, method, item));
      }
    }
    contents.append(element('h2', tag.name), links);
  }
}

fetch('/api/v1/openapi.json')
    .then((response) => response.json())
    .then(draw)
    .catch((error) => {
      document.getElementById('status').textContent = 'The document cannot be read: ' + error.message;
    });
