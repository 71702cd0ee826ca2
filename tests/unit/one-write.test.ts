/** Frames that belong together leave as one write, whatever happens while they are sent. */
import { Duplex } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type WebSocket from 'ws';
import { inOneWrite } from '../../src/ari/one-write.js';

/** A socket that keeps what each write to the system contained. */
function written() {
  const writes: string[] = [];
  const stream = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      writes.push(String(chunk));
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join('+'));
      done();
    },
  });
  return { writes, stream, socket: { _socket: stream } as unknown as WebSocket };
}

describe('frames of one WebSocket', () => {
  test('are one write, and have gone when it is over', () => {
    const { writes, stream, socket } = written();
    inOneWrite(socket, () => {
      stream.write('open');
      stream.write('join');
      expect(writes).toEqual([]);
    });
    expect(writes).toEqual(['open+join']);
  });

  test('that were sent before something threw have gone as well', () => {
    const { writes, stream, socket } = written();
    const thrown = new Error('a fault');
    expect(() =>
      inOneWrite(socket, () => {
        stream.write('open');
        throw thrown;
      }),
    ).toThrow(thrown);
    stream.write('later');
    expect(writes).toEqual(['open', 'later']);
  });

  test('are sent one by one where the connection beneath cannot be reached', () => {
    let sent = 0;
    inOneWrite({} as unknown as WebSocket, () => {
      sent += 1;
    });
    expect(sent).toBe(1);
  });
});
