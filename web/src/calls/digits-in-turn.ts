/** Digits are sent in the order in which they are pressed: those pressed while some are under way follow together. Pure. */

/** As many as one command takes. */
const AT_ONCE = 32;

/** `send` answers null when it was done; after a refusal, which it has told, what was pressed meanwhile is dropped. */
export function inTurn(send: (digits: string) => Promise<string | null>): (digit: string) => void {
  let waiting = '';
  let underWay = false;
  const run = async () => {
    underWay = true;
    while (waiting !== '') {
      const next = waiting.slice(0, AT_ONCE);
      waiting = waiting.slice(AT_ONCE);
      if ((await send(next)) !== null) waiting = '';
    }
    underWay = false;
  };
  return (digit) => {
    waiting += digit;
    if (!underWay) void run();
  };
}
