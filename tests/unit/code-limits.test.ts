/** How long the desktop's functions are. The linter checks all files and functions too, but not the lines of what components draw. */
import { expect, test } from '@jest/globals';
import { sourceFiles, visitSyntax } from '../support/source-code.js';

const LONGEST = 50;
const FUNCTIONS = new Set([
  ...['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'],
  ...['ClassMethod', 'PrivateMethod', 'Constructor', 'MethodProperty'],
]);

test(`a function of the desktop has ${LONGEST} lines at most, with what it draws`, () => {
  const long: string[] = [];
  let seen = 0;
  for (const file of sourceFiles(['web/src']))
    visitSyntax(file, (node, lineOf) => {
      if (!FUNCTIONS.has(node.type) || node.span === undefined) return;
      seen += 1;
      const lines = lineOf(node.span.end) - lineOf(node.span.start) + 1;
      if (lines > LONGEST) long.push(`${file.path}:${lineOf(node.span.start)}: ${lines} lines`);
    });
  expect(seen).toBeGreaterThan(1_000);
  expect(long).toEqual([]);
});
