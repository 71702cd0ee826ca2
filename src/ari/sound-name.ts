/** Names of sound files. They are made by this service; whatever is no such name is a fault, and never reaches a disk. */

const LONGEST = 200;
/** Parts joined by `/`, none of which begins with a dot: nothing leads out of the folder. */
const NAME = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*(\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*$/;

/** @throws RangeError when it is no name of ours. */
export function checkedName(name: string): string {
  if (name.length > LONGEST || !NAME.test(name)) throw new RangeError('This is no name of a sound file.');
  return name;
}
