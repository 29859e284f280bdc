// Speech that the server makes. To be heard it has to be a media; what is not kept is deleted.
import { useState } from 'react';
import { path, reasonOf, request } from '@/api/request';
import type { Media } from '@/api/types';

export interface Speech {
  name: string;
  text: string;
  voice: string;
}

interface Made {
  media: Media;
  of: Speech;
}

function sameSound(one: Speech, other: Speech): boolean {
  return one.text === other.text && one.voice === other.voice;
}

export function useSpeech(account: string) {
  const [made, setMade] = useState<Made | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const all = path`/accounts/${account}/media`;

  const drop = async () => {
    if (!made) return;
    setMade(null);
    const to = `${all}/${encodeURIComponent(made.media.id)}`;
    // Left over at worst; it stands in the list then.
    await request(to, { method: 'DELETE', ifMatch: '*' }).catch(() => undefined);
  };
  const spoken = async (asked: Speech): Promise<Media> => {
    if (made && sameSound(made.of, asked)) return made.media;
    await drop();
    const body = { ...asked, name: asked.name.trim() || asked.text.trim().slice(0, 40) };
    const { value } = await request<Media>(`${all}/speech`, { method: 'POST', body });
    setMade({ media: value, of: asked });
    return value;
  };
  const named = async (media: Media, name: string): Promise<Media> => {
    if (media.name === name) return media;
    const to = `${all}/${encodeURIComponent(media.id)}`;
    return (await request<Media>(to, { method: 'PUT', body: { name }, ifMatch: '*' })).value;
  };
  const attempt = async (work: () => Promise<Media>): Promise<Media | null> => {
    setBusy(true);
    setProblem('');
    try {
      return await work();
    } catch (error) {
      setProblem(reasonOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return {
    made: made?.media ?? null,
    busy,
    problem,
    drop,
    speak: (asked: Speech) => attempt(() => spoken(asked)),
    keep: (asked: Speech) => attempt(async () => named(await spoken(asked), asked.name.trim())),
  };
}
