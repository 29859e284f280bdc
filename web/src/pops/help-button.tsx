// "?": the action's own help page.
import { CircleHelp } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { Action } from '@/api/types';
import { useTranslation } from '@/language/translate';

// Enough Markdown for the help pages: headings, tables, bold and code lose their marks.
function plain(markdown: string): string[] {
  return markdown
    .split(/\n{2,}/)
    .filter((part) => !part.startsWith('# '))
    .map((part) =>
      part
        .split('\n')
        .filter((line) => !/^\|[-| ]+\|$/.test(line))
        .map((line) => line.replace(/^\||\|$/g, '').replace(/\s*\|\s*/g, ': '))
        .join(part.startsWith('|') ? '\n' : ' ')
        .replace(/[*`#]/g, ''),
    );
}

export function HelpButton({ action }: { action: Action }) {
  const { t } = useTranslation();
  if (!action.help) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="btn btn-ghost btn-icon" aria-label={t('Help')}>
        <CircleHelp aria-hidden />
      </Popover.Trigger>
      <Popover.Content
        className="menu z-60 max-h-96 w-96 max-w-[90vw] overflow-y-auto p-4"
        align="end"
        sideOffset={6}
      >
        {plain(action.help).map((part) => (
          <p key={part} className="mb-2 whitespace-pre-line">
            {part}
          </p>
        ))}
      </Popover.Content>
    </Popover.Root>
  );
}
