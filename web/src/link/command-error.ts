/** Why a command was not done. `code` is stable and is what words are chosen by; `message` is the service's English sentence. */
export class CommandError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'CommandError';
  }
}

/** Codes the desktop itself gives, beside those of the service. */
export const LINK_CODE = { disconnected: 'disconnected', noAnswer: 'noAnswer', unknown: 'unknown' } as const;

/** Whatever was thrown, as an error with a code. */
export function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  return new CommandError(LINK_CODE.unknown, error instanceof Error ? error.message : String(error));
}
