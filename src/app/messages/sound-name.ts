/** The file of a prepared message, as Asterisk knows it. */

export function soundOfMessage(messageId: string): string {
  return `ringmaster/messages/${messageId}`;
}
