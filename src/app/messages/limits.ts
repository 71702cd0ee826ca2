/** How large, how long and how many prepared messages may be. */

export const MOST_UPLOAD_BYTES = 10 * 1024 * 1024;

/** Also how long a phone may record. */
export const MOST_MESSAGE_MS = 5 * 60_000;

/** Of one agent, and shared ones. */
export const MOST_MESSAGES = 50;

/** Each one holds a file in memory. */
export const MOST_UPLOADS_AT_ONCE = 4;
