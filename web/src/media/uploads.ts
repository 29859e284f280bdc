// Sending sounds to the server, with progress and reasons.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { path } from '@/api/request';
import type { Media } from '@/api/types';
import { type Upload, upload } from '@/api/upload';

export const ACCEPTED_AUDIO = '.wav,.mp3,.flac,.ogg,.opus,audio/*';

export interface UploadState {
  key: number;
  name: string;
  sent: number;
  total: number;
  error: string | null;
  cancel: () => void;
}

let nextKey = 1;

export function nameOfFile(file: File): string {
  return file.name.replace(/\.[^.]*$/, '') || file.name;
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

  const send = useCallback(
    async (file: File): Promise<Media | null> => {
      const key = nextKey;
      nextKey += 1;
      const to = {
        method: 'POST' as const,
        path: path`/accounts/${account}/media`,
        query: { name: file.name.endsWith('.wma') ? file.name : nameOfFile(file) },
      };
      const one: Upload = upload(to, file, (sent, total) => change(key, { sent, total }));
      const state = { key, name: file.name, sent: 0, total: file.size, error: null };
      setList((all) => [...all, { ...state, cancel: one.cancel }]);
      try {
        const media = await one.done;
        await cache.invalidateQueries({ queryKey: [account, 'media'] });
        forget(key);
        return media;
      } catch (error) {
        if (error instanceof DOMException) forget(key);
        else change(key, { error: error instanceof Error ? error.message : String(error) });
        return null;
      }
    },
    [account, cache, change, forget],
  );
  return { list, send, forget };
}
