import { beforeEach, expect, test } from 'vitest';
import { noteAnswer, noteSignIn, useConnection } from './connection';

beforeEach(() => useConnection.setState({ lost: false, signedOut: false, returns: 0 }));

test('a server that is gone and comes back is one return', () => {
  for (const status of [200, 0, 0, 502, 404, 200]) noteAnswer(status);
  expect(useConnection.getState()).toEqual({ lost: false, signedOut: false, returns: 1 });
});

test('a refusal by a server is not a lost one', () => {
  for (const status of [403, 412, 500, 503]) noteAnswer(status);
  expect(useConnection.getState().lost).toBe(false);
});

test('401 holds until somebody signs in', () => {
  noteAnswer(401);
  noteAnswer(200);
  expect(useConnection.getState().signedOut).toBe(true);
  noteSignIn();
  expect(useConnection.getState()).toEqual({ lost: false, signedOut: false, returns: 1 });
});
