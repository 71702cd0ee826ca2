/** The closed list of reasons why a command is refused. Refusals are values; exceptions are faults. */
export const REFUSAL_CODES = [
  'unauthenticated',
  'wrongCredentials',
  'tooManyAttempts',
  'forbidden',
  'invalidInput',
  'notFound',
  'alreadyExists',
  'stillInUse',
  'unknownReference',
  'numberTaken',
  'changedMeanwhile',
  'scenarioInvalid',
  'notLoggedIn',
  'alreadyLoggedIn',
  'inCall',
  'statusUnknown',
  'statusNotSelectable',
  'statusBlocked',
  'notInWrapUp',
  'agentBusy',
  'noDevice',
  'noTrainer',
  'tagUnknown',
  'tagDisabled',
  'numberInvalid',
  'keysInvalid',
  'numberNotAllowed',
  'noOutgoingRule',
  'queueClosed',
  'wrongState',
  'recordingNotAllowed',
  'callEnded',
  'alreadyTaken',
  'stillRecording',
  'audioInvalid',
  'tooLarge',
  'tooMany',
  'storageReadOnly',
  'storageFull',
  'smsUnavailable',
  'phoneSystemUnavailable',
  'databaseUnavailable',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly refused: RefusalCode;
  /** One English sentence for a person; clients translate by code. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export function refuse(refused: RefusalCode, message: string, details?: Readonly<Record<string, unknown>>): Refusal {
  return details === undefined ? { refused, message } : { refused, message, details };
}

/** Tells a refusal from any result. */
export function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}
