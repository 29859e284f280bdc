// The blocks that play a media, each with the way to it.
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { Use } from '@/api/types';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { Tile } from '@/ui/tile';

export function UsedIn({ uses }: { uses: Use[] }) {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  return (
    <ul>
      {uses.map((use) => {
        const action = catalog.get(use.module ?? '');
        return (
          <li key={`${use.callflow}${use.block}${use.pointer}`}>
            <Link
              to="/callflows/$id"
              params={{ id: use.callflow }}
              search={{ block: use.block }}
              className="-mx-1.5 mt-1 flex items-center gap-3 rounded-control p-1.5 hover:bg-hover"
            >
              <Tile module={use.module ?? ''} group={action?.group} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{use.name}</span>
                <span className="block truncate t-small text-ink3">
                  {action?.title ?? use.module}
                </span>
              </span>
              {!use.live && <span className="pill pill-warn">{t('Draft only')}</span>}
              <ChevronRight aria-hidden className="text-ink3" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
