/** Lines of comma separated values (RFC 4180) that a spreadsheet opens without running anything. */

export type Separator = ',' | ';';

/** A byte order mark: without it Excel does not take the file for UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** One record with its line end; null is an empty field. */
export function csvLine(cells: readonly (string | number | null)[], separator: Separator): string {
  return `${cells.map((cell) => field(cell, separator)).join(separator)}\r\n`;
}

function field(cell: string | number | null, separator: Separator): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = isFormula(cell) ? `'${cell}` : cell;
  const quoted = text.includes(separator) || /["\r\n]|^\s|\s$/.test(text);
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * What a spreadsheet would run: a caller's name may say `=HYPERLINK(…)`. The apostrophe before it makes it text. A telephone number
 * (`+` and digits, nothing else) is no formula that could do harm and stays as it is: programs that read the file need it exact.
 */
function isFormula(text: string): boolean {
  return /^\s*[=+\-@＝＋－＠]/.test(text) && !/^\+\d{1,32}$/.test(text);
}
