import { expect, it } from 'vitest';
import { withoutGaps } from './save';

it('leaves out the lines of which nothing was filled in', () => {
  const addresses = [{ host: '' }, { host: 'sip.example.net' }, { host: '', port: 5070 }];
  expect(withoutGaps({ name: 'T', addresses }).addresses).toEqual(addresses.slice(1));
  expect(withoutGaps({ name: 'T' }).addresses).toEqual([]);
});
