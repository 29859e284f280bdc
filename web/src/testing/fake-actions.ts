// The real action.json files, as the server would give them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '@/api/types';

export function actionsFrom(directory: string): Action[] {
  return readdirSync(directory).flatMap((name) => {
    const file = join(directory, name, 'action.json');
    if (!existsSync(file)) return [];
    const readme = join(directory, name, 'README.md');
    const help = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
    return [{ ...(JSON.parse(readFileSync(file, 'utf8')) as Action), help }];
  });
}
