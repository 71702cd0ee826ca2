/** The project's own source files, and their syntax, for tests of how they are written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Module, parseSync } from '@swc/core';

const ROOT = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** A part of the syntax: whatever it is, it has a type, and a place in the text. */
export interface SyntaxNode {
  readonly type: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [property: string]: unknown;
}

/** TypeScript of these folders, theirs within too. */
export function sourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name))
      .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
  );
}

/** Every node of the file, each before those in it. `lineOf` tells the line of a place, the first is 1. */
export function visitSyntax(
  file: SourceFile,
  visit: (node: SyntaxNode, lineOf: (position: number) => number) => void,
): void {
  const syntax = parseSync(file.text, { syntax: 'typescript', tsx: file.path.endsWith('x'), target: 'es2023' });
  const lineOf = lineCounter(file.text, syntax);
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) visit(value, lineOf);
    for (const part of Object.values(value)) walk(part);
  };
  walk(syntax.body);
}

function isNode(value: object): value is SyntaxNode {
  return 'type' in value && typeof value.type === 'string';
}

/** The parser counts bytes, on from file to file, and from a file's first word, not from the comments before it. */
function lineCounter(text: string, { span }: Module): (position: number) => number {
  const [before = ''] = /^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#![^\n]*)*/.exec(text) ?? [];
  const bytes = Buffer.from(text);
  const ends: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at);
  const first = Buffer.byteLength(before) - span.start;
  return (position) => {
    const line = ends.findIndex((end) => end >= position + first);
    return (line < 0 ? ends.length : line) + 1;
  };
}
