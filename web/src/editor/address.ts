// What an address of a callflow can ask for beside the callflow itself.
export interface Asked {
  block?: string; // to begin at
  revision?: number; // an older one, to look at
  call?: string; // whose path is drawn through it
}

export function readAsked({ block, revision, call }: Record<string, unknown>): Asked {
  return {
    ...(typeof block === 'string' ? { block } : {}),
    ...(typeof revision === 'number' ? { revision } : {}),
    ...(typeof call === 'string' || typeof call === 'number' ? { call: String(call) } : {}),
  };
}
