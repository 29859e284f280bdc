// Between the pop-up's fields and the block's data. Members that the pop-up does not show stay.
import type { JsonObject } from '@/callflow/document';

export interface ResponseFields {
  code: string;
  message: string;
  media: string;
  redirectTo: string[];
  extra: Record<string, unknown>; // the further parameters, as they are in the data
  rest: string[]; // names of further parameters that are set
}

const MAIN_FIELDS = ['code', 'message', 'media', 'skip_module', 'name'];

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function readResponse(data: JsonObject, fresh: boolean): ResponseFields {
  const extra = Object.fromEntries(
    Object.entries(data).filter(([name]) => !MAIN_FIELDS.includes(name)),
  );
  return {
    code: fresh ? '' : textOf(data.code ?? 486),
    message: textOf(data.message),
    media: textOf(data.media),
    redirectTo: [],
    extra,
    rest: Object.keys(extra),
  };
}

export function writeResponse(before: JsonObject, fields: ResponseFields): JsonObject {
  const kept = Object.fromEntries(
    Object.entries(before).filter(([name]) => name === 'skip_module' || name === 'name'),
  );
  const extra = Object.fromEntries(
    Object.entries(fields.extra).filter(([, value]) => value !== undefined && value !== ''),
  ) as JsonObject;
  return {
    ...kept,
    code: Number(fields.code),
    ...(fields.message || before.message !== undefined ? { message: fields.message } : {}),
    ...(fields.media ? { media: fields.media } : {}),
    ...extra,
  };
}
