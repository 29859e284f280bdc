// What the server finds wrong with a document, told at the field that it is about.
import { ApiProblem } from './request';
import { wholeTextOf } from './said';
import type { Finding } from './types';

// What is wrong with the member at that pointer, if anything.
export type Wrong = (pointer: string) => string | undefined;

function errorsOf(problem: unknown): Finding[] {
  const findings = problem instanceof ApiProblem ? problem.problem.findings : undefined;
  return (findings ?? []).filter((one) => one.severity === 'error');
}

// About that member, or what is below it; only the latter where the pointer ends with a slash.
function isAbout(finding: Finding, pointer: string): boolean {
  const below = pointer.endsWith('/') ? pointer : `${pointer}/`;
  return finding.pointer === pointer || finding.pointer.startsWith(below);
}

function textOf(findings: Finding[]): string | undefined {
  return [...new Set(findings.map(wholeTextOf))].join(' ') || undefined;
}

export function wrongAt(problem: unknown, pointer: string): string | undefined {
  return textOf(errorsOf(problem).filter((one) => isAbout(one, pointer)));
}

// What is left of a problem when the fields at those pointers have told theirs.
export function untold(problem: Error, told: readonly string[]): Error | null {
  const errors = errorsOf(problem);
  const left = errors.filter((one) => !told.some((pointer) => isAbout(one, pointer)));
  if (left.length === errors.length) return problem;
  const text = textOf(left);
  return text === undefined ? null : new Error(text);
}
