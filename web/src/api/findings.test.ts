import { expect, it } from 'vitest';
import { untold, wrongAt } from './findings';
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

it('tells everything that is wrong with a member, each once', () => {
  const items = [1, 2].map((at) => ({ pointer: `/sources/${at}`, text: 'Every item …' }));
  const problem = refusal(...items, { pointer: '/sources', text: 'Too many.' });
  expect(wrongAt(problem, '/sources')).toBe('Every item … Too many.');
});

it('leaves to say what no field tells', () => {
  const problem = refusal({ pointer: '/name' }, { pointer: '/ringback', text: 'No such sound.' });
  expect(untold(problem, ['/name', '/ringback'])).toBeNull();
  expect(untold(problem, ['/name'])?.message).toBe('No such sound.');
  expect(untold(problem, [])).toBe(problem);
});

it('leaves other errors as they are', () => {
  const gone = new Error('gone');
  expect(untold(gone, ['/name'])).toBe(gone);
});

it('tells a list apart from its rows', () => {
  const problem = refusal(
    { pointer: '/endpoints/3/delay' },
    { pointer: '/endpoints', text: 'Full.' },
  );
  expect(untold(problem, ['/endpoints/'])?.message).toBe('Full.');
});
