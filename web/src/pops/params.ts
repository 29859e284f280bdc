// Between what is typed and what a block's data holds, after docs/action-json.md. The server
// checks again; here it is only so that people see it while typing.
import type { Param } from '@/api/types';

export function shownParam(param: Param, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (param.type === 'array' && Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function types(param: Param): string[] {
  return Array.isArray(param.type) ? param.type : [param.type];
}

// undefined: left out, so that the default counts.
export function readParam(param: Param, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (types(param).includes('integer') && /^-?\d{1,15}$/.test(trimmed)) return Number(trimmed);
  if (param.type === 'array') {
    return trimmed
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  if (param.type === 'object') {
    try {
      return JSON.parse(trimmed) as unknown;
    } catch {
      return trimmed;
    }
  }
  return text;
}

function numberProblem(param: Param, value: number): string | null {
  if (param.minimum !== undefined && value < param.minimum) return `At least ${param.minimum}`;
  if (param.maximum !== undefined && value > param.maximum) return `At most ${param.maximum}`;
  return null;
}

function textProblem(param: Param, value: string): string | null {
  const length = [...value].length;
  if (param.maxLength !== undefined && length > param.maxLength) {
    return `At most ${param.maxLength} characters`;
  }
  if (param.minLength !== undefined && length < param.minLength) {
    return `At least ${param.minLength} characters`;
  }
  return null;
}

export function paramProblem(param: Param, value: unknown): string | null {
  if (value === undefined || value === '') {
    return param.optional || param.default !== undefined ? null : 'Needed';
  }
  const allowed = types(param);
  if (typeof value === 'number') {
    return allowed.includes('integer') ? numberProblem(param, value) : 'Not a number here';
  }
  if (typeof value === 'string') {
    if (allowed.includes('string') || param.type === 'ref') return textProblem(param, value);
    return allowed.includes('integer') ? 'A whole number' : 'Not text';
  }
  if (Array.isArray(value) && param.maxItems !== undefined && value.length > param.maxItems) {
    return `At most ${param.maxItems} entries`;
  }
  return null;
}
