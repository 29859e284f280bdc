// Sending sounds to the server, with progress and reasons.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiProblem, path, reasonOf } from '@/api/request';
import type { Media } from '@/api/types';
import { upload } from '@/api/upload';
import { translate } from '@/language/translate';
import { megabytes } from './size';

export const ACCEPTED_AUDIO = '.wav,.mp3,.flac,.ogg,.opus,audio/*';
export const UPLOAD_BYTES_MAX = 11 * 1024 * 1024; // as server/media/decode.hpp

export interface UploadState {
  key: number;
  name: string;
  sent: number;
  total: number;
  error: string | null;
  cancel: () => void;
  again?: () => void; // where sending it once more may help
}

interface Wanted {
  file: File;
  replaced?: Media; // its sound; else a new media
  onSent: (media: Media) => void;
}

let nextKey = 1;

export function nameOfFile(file: File): string {
  return file.name.replace(/\.[^.]*$/, '') || file.name;
}

function tooLarge(file: File): string | null {
  if (file.size <= UPLOAD_BYTES_MAX) return null;
  const sizes = { size: megabytes(file.size), max: megabytes(UPLOAD_BYTES_MAX) };
  return translate('{{size}} is too large. Up to {{max}}: mp3 or opus make it smaller.', sizes);
}

// What the server said about the sound itself stays so; 0 is no answer at all.
function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return true;
  const { status } = error;
  return status === 0 || status === 401 || status === 429 || status >= 500;
}

export function useUploads(account: string) {
  const cache = useQueryClient();
  const [list, setList] = useState<UploadState[]>([]);
  const change = useCallback((key: number, part: Partial<UploadState>) => {
    setList((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }, []);
  const forget = useCallback((key: number) => {
    setList((all) => all.filter((one) => one.key !== key));
  }, []);

  // Done when it has arrived, or was refused; it may still be sent again then.
  const send = useCallback(
    async (wanted: Wanted): Promise<void> => {
      const { file, replaced, onSent } = wanted;
      const key = nextKey;
      nextKey += 1;
      const state = { key, name: file.name, sent: 0, total: file.size };
      const error = tooLarge(file);
      if (error) {
        setList((all) => [...all, { ...state, error, cancel: () => forget(key) }]);
        return;
      }
      const to = replaced
        ? {
            method: 'PUT' as const,
            path: path`/accounts/${account}/media/${replaced.id}/audio`,
            ifMatch: '*',
          }
        : {
            method: 'POST' as const,
            path: path`/accounts/${account}/media`,
            query: { name: nameOfFile(file) },
          };
      const one = upload(to, file, (sent, total) => change(key, { sent, total }));
      setList((all) => [...all, { ...state, error: null, cancel: one.cancel }]);
      try {
        const media = await one.done;
        await cache.invalidateQueries({ queryKey: [account, 'media'] });
        forget(key);
        onSent(media);
      } catch (error) {
        const again = () => {
          forget(key);
          void send(wanted);
        };
        if (error instanceof DOMException) forget(key);
        else change(key, { error: reasonOf(error), ...(mayPass(error) ? { again } : {}) });
      }
    },
    [account, cache, change, forget],
  );
  return { list, send, forget };
}
