/** The guides: what they refer to exists, and what they should list they list. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/app/catalogue/catalogue.js';
import { REFUSAL_CODES } from '../../src/core/refusal.js';
import { HTTP_STATUS } from '../../src/http/status.js';

const root = resolve(import.meta.dirname, '../..');
const folder = (path: string) =>
  readdirSync(join(root, path))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(path, name));
const guides = [...folder('.'), ...folder('docs'), ...folder('docs/decisions')];
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
/** Without what is quoted: configuration of a PBX has brackets of its own, and comments of a shell look like headings. */
const proseOf = (path: string) => textOf(path).replace(/^```[\s\S]*?^```$/gm, '');

/** As hosts of Markdown make a heading's address. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links', () => {
  test.each(guides)('of %s lead somewhere', (guide) => {
    const links = [...proseOf(guide).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      if (/^(https?|mailto):/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? guide : join(dirname(guide), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(proseOf(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('every decision is listed', () => {
    const list = textOf('docs/decisions/README.md');
    const names = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d/.test(name));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !list.includes(`(${name})`))).toEqual([]);
  });
});

describe('the guide to calls', () => {
  const text = textOf('docs/calls.md');

  test('names every command about calls, with its method and path', () => {
    const entries = [...catalogue.values()].filter(({ name }) => name.startsWith('call.'));
    const missing = entries.filter(({ name, rest }) => {
      const address = `\`${rest.method.toUpperCase()} ${rest.path}\``;
      return !(text.includes(`\`${name}\``) && text.includes(address));
    });
    expect(entries.length).toBeGreaterThan(0);
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test('gives each code its HTTP status', () => {
    const rows = [...text.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| (\d{3}) \|/gm)];
    const told = rows.flatMap(([, codes = '', status = '']) =>
      codes.split(', ').map((code) => [code.replaceAll('`', ''), Number(status)] as const),
    );
    expect(told.length).toBeGreaterThan(0);
    const statuses: Readonly<Record<string, number>> = HTTP_STATUS;
    expect(told.filter(([code, status]) => statuses[code] !== status)).toEqual([]);
  });
});

test('the description of the API names every code', () => {
  const text = textOf('docs/api.md');
  expect(REFUSAL_CODES.filter((code) => !new RegExp(`\\b${code}\\b`).test(text))).toEqual([]);
});
