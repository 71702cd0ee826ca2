/** What is wrong with a scenario, and where. */

export const FAULT_CODES = [
  'invalidValue',
  'missingField',
  'unknownField',
  'unknownType',
  'missingStep',
  'unknownStep',
  'unreachableStep',
  'endlessLoop',
  'unknownSound',
  'soundsNotChecked',
  'unknownMessage',
  'unknownQueue',
  'unknownAgent',
  'unknownScenario',
  'unknownGroup',
  'unknownTag',
  'unknownCalendar',
  'unknownVariable',
  'unknownZone',
  'tooMany',
  'tooLarge',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export interface Fault {
  /** From the top, joined by dots: `steps.menu1.choices.3`. */
  readonly path: string;
  readonly code: FaultCode;
  /** One English sentence; clients translate by code. */
  readonly message: string;
  /** A warning does not keep a scenario from being published. */
  readonly severity: 'error' | 'warning';
}

export function error(path: string, code: FaultCode, message: string): Fault {
  return { path, code, message, severity: 'error' };
}

export function warning(path: string, code: FaultCode, message: string): Fault {
  return { path, code, message, severity: 'warning' };
}
