/** What goes out on the socket to Asterisk, and how an answer finds its way back. */
import { describe, expect, test } from '@jest/globals';
import { PendingRequests, requestFrame, requestUri } from '../../src/ari/connection-requests.js';

describe('the URI of a request', () => {
  test('has no leading slash and leaves undefined parameters out', () => {
    expect(requestUri('/channels/a/dial', { caller: 'b', timeout: 20, video: undefined })).toBe(
      'channels/a/dial?caller=b&timeout=20',
    );
  });

  test('encodes values so that none can add a parameter', () => {
    expect(requestUri('channels', { endpoint: 'PJSIP/1&app=x y+ü' })).toBe(
      'channels?endpoint=PJSIP%2F1%26app%3Dx%20y%2B%C3%BC',
    );
  });

  test('appends to a query that is already there', () => {
    expect(requestUri('bridges?type=mixing', { name: 'n' })).toBe('bridges?type=mixing&name=n');
  });

  test('stays as it is when all parameters are undefined', () => {
    expect(requestUri('bridges', { name: undefined })).toBe('bridges');
  });
});

describe('the frame of a request', () => {
  test('carries the body as a JSON string', () => {
    expect(JSON.parse(requestFrame('7', 'POST', 'channels/create', { variables: { X: '1' } }))).toEqual({
      type: 'RESTRequest',
      request_id: '7',
      method: 'POST',
      uri: 'channels/create',
      content_type: 'application/json',
      message_body: '{"variables":{"X":"1"}}',
    });
  });

  test('names no content when there is no body', () => {
    expect(JSON.parse(requestFrame('8', 'DELETE', 'channels/x', undefined))).toEqual({
      type: 'RESTRequest',
      request_id: '8',
      method: 'DELETE',
      uri: 'channels/x',
    });
  });
});

describe('requests on their way', () => {
  const wire = (sent: string[]) => ({ send: (frame: string) => void sent.push(frame) });

  test('each answer goes to the request that it names, in whatever order', async () => {
    const requests = new PendingRequests(1000);
    const sent: string[] = [];
    const first = requests.send('GET', 'channels/1', undefined, wire(sent));
    const second = requests.send('GET', 'channels/2', undefined, wire(sent));
    const ids = sent.map((frame) => (JSON.parse(frame) as { request_id: string }).request_id);
    requests.settle({
      request_id: ids[1],
      status_code: 404,
      reason_phrase: 'Not Found',
      message_body: '{"message":"gone"}',
    });
    requests.settle({ request_id: ids[0], status_code: 200, reason_phrase: 'OK', message_body: '{"id":"1"}' });
    expect(await second).toMatchObject({ status: 404, reason: 'Not Found', body: { message: 'gone' } });
    expect(await first).toMatchObject({ status: 200, body: { id: '1' } });
    requests.rejectAll('ARI_CONNECTION_LOST', 'the test is over.');
  });

  test('an answer to nobody is reported as such', () => {
    const requests = new PendingRequests(1000);
    expect(requests.settle({ request_id: 'unknown', status_code: 200 })).toBe(false);
    expect(requests.settle({ status_code: 400 })).toBe(false);
  });

  test('an empty body and a body that is not JSON are both undefined', async () => {
    const requests = new PendingRequests(1000);
    const answers = [requests.send('GET', 'a', undefined, wire([])), requests.send('GET', 'b', undefined, wire([]))];
    requests.settle({ request_id: '1', status_code: 204, reason_phrase: 'No Content' });
    requests.settle({ request_id: '2', status_code: 200, reason_phrase: 'OK', message_body: 'RIFF' });
    for (const answer of await Promise.all(answers)) expect(answer.body).toBeUndefined();
    requests.rejectAll('ARI_CONNECTION_LOST', 'the test is over.');
  });

  test('a body that cannot be written as JSON rejects and leaves nothing pending', async () => {
    const requests = new PendingRequests(1000);
    await expect(requests.send('POST', 'channels', { id: 1n }, wire([]))).rejects.toThrow(TypeError);
    expect(requests.size).toBe(0);
  });

  test('an unanswered request is given up, a later one keeps its own time, and no query reaches the message', async () => {
    const requests = new PendingRequests(60);
    const startedAt = performance.now();
    const first = requests.send('POST', 'channels/create?endpoint=PJSIP/79990001122', undefined, wire([]));
    await new Promise((resolve) => setImmediate(resolve));
    const second = requests.send('GET', 'channels/2', undefined, wire([]));
    await expect(first).rejects.toMatchObject({ code: 'ARI_TIMEOUT', message: expect.not.stringContaining('7999') });
    await expect(second).rejects.toMatchObject({ code: 'ARI_TIMEOUT' });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
    expect(requests.size).toBe(0);
  });
});
