// Uploads go by XMLHttpRequest: fetch cannot tell how much has been sent.
import { translate } from '@/language/translate';
import { noteAnswer } from './connection';
import { ApiProblem, address, answered } from './request';
import type { Media, Problem } from './types';

export interface Upload {
  done: Promise<Media>;
  cancel: () => void;
}

function problemIn(request: XMLHttpRequest): Problem {
  const fallback: Problem = {
    type: 'about:blank',
    title: 'Upload failed',
    status: request.status,
    detail: request.status ? answered(request.status) : translate('The connection broke.'),
  };
  try {
    return { ...fallback, ...(JSON.parse(request.responseText) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

export function upload(
  to: { method: 'POST' | 'PUT'; path: string; query?: Record<string, string>; ifMatch?: string },
  file: Blob,
  onProgress: (sent: number, total: number) => void,
): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Media>((resolve, reject) => {
    request.open(to.method, address(to.path, to.query));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (to.ifMatch) request.setRequestHeader('If-Match', to.ifMatch);
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    request.onload = () => {
      noteAnswer(request.status);
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Media);
      else reject(new ApiProblem(problemIn(request)));
    };
    request.onerror = () => reject(new ApiProblem(problemIn(request)));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
