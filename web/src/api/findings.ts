// What the server finds wrong with a document, told at the field that it is about.
import { ApiProblem } from './request';
import type { Finding } from './types';

function errorsOf(problem: unknown): Finding[] {
  const findings = problem instanceof ApiProblem ? problem.problem.findings : undefined;
  return (findings ?? []).filter((one) => one.severity === 'error');
}

// About that member, or what is below it.
function isAbout(finding: Finding, pointer: string): boolean {
  return finding.pointer === pointer || finding.pointer.startsWith(`${pointer}/`);
}

export function wrongAt(problem: unknown, pointer: string): string | undefined {
  const found = errorsOf(problem).find((one) => isAbout(one, pointer));
  return found && [found.text, found.hint].filter(Boolean).join(' ');
}

// What no field tells has to be said elsewhere.
export function isToldAt(problem: unknown, pointers: readonly string[]): boolean {
  const errors = errorsOf(problem);
  return errors.length > 0 && errors.every((one) => pointers.some((at) => isAbout(one, at)));
}
