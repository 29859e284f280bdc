import { expect, it } from 'vitest';
import { isToldAt, wrongAt } from './findings';
import { ApiProblem } from './request';
import type { Finding } from './types';

function refusal(...findings: Partial<Finding>[]): ApiProblem {
  const usual: Finding = { severity: 'error', code: 'bad-value', pointer: '', text: 'No.' };
  const all = findings.map((one) => ({ ...usual, ...one }));
  const about = { type: 'about:blank', title: 'No', status: 422, detail: 'No.' };
  return new ApiProblem({ ...about, findings: all });
}

it('tells a finding at its member, with what to do', () => {
  const problem = refusal({ pointer: '/sip/route', text: 'No address.', hint: 'Write sip:…' });
  expect(wrongAt(problem, '/sip/route')).toBe('No address. Write sip:…');
  expect(wrongAt(problem, '/sip/rout')).toBeUndefined();
  expect(wrongAt(problem, '/name')).toBeUndefined();
});

it('takes what is below a member for the member', () => {
  const problem = refusal({ pointer: '/call_forward/number' });
  expect(wrongAt(problem, '/call_forward')).toBe('No.');
});

it('has nothing to tell of warnings, other errors and success', () => {
  expect(wrongAt(refusal({ severity: 'warning', pointer: '/name' }), '/name')).toBeUndefined();
  expect(wrongAt(new Error('gone'), '/name')).toBeUndefined();
  expect(wrongAt(null, '/name')).toBeUndefined();
});

it('knows whether the fields tell it all', () => {
  const problem = refusal({ pointer: '/name' }, { pointer: '/sip/route' });
  expect(isToldAt(problem, ['/name', '/sip/route'])).toBe(true);
  expect(isToldAt(problem, ['/name'])).toBe(false);
  expect(isToldAt(new Error('gone'), ['/name'])).toBe(false);
});
