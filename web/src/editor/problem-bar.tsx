// What lint found, in a list that jumps to the blocks.
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { textOf, wholeTextOf } from '@/api/said';
import type { Finding } from '@/api/types';
import { findPlace } from '@/callflow/document';
import { useTranslation } from '@/language/translate';
import { useDeeds } from './deeds';
import { focusBlock } from './focus';
import { useEditor } from './store';
import { MAIN, useView } from './view-store';

function Entry({ finding }: { finding: Finding }) {
  const deeds = useDeeds();
  const document = useEditor((state) => state.document);
  const place = finding.block ? findPlace(document, finding.block) : null;
  const Icon = finding.severity === 'error' ? CircleAlert : TriangleAlert;
  const text = place ? `${deeds.nameOf(place.block)}: ${textOf(finding)}` : textOf(finding);
  return (
    <button
      type="button"
      className="flex min-w-0 items-center gap-1.5 rounded-chip px-1.5 py-0.5 text-ink2 hover:bg-hover"
      title={wholeTextOf(finding)}
      onClick={() => focusBlock(finding.block ?? MAIN)}
    >
      <Icon
        aria-hidden
        className={`!h-3.5 !w-3.5 ${finding.severity === 'error' ? 'text-err' : 'text-warn'}`}
      />
      <span className="truncate">{text}</span>
    </button>
  );
}

export function ProblemBar() {
  const { t } = useTranslation();
  const findings = useView((state) => state.findings);
  const all = useView((state) => state.problems);
  const set = useView((state) => state.set);
  const shown = findings.filter((one) => one.severity !== 'info');
  if (shown.length === 0) return null;
  return (
    <section
      aria-label={t('Problems')}
      className={`absolute inset-x-4 bottom-3 z-10 flex gap-2 rounded-card border border-line bg-panel
        px-3 py-1.5 shadow-mid ${all ? 'max-h-60 flex-col overflow-y-auto' : 'items-center max-sm:hidden'}`}
    >
      <div className="flex items-center gap-2">
        <b className="flex-none font-semibold text-[12px]">
          {t('{{count}} problems', { count: shown.length })}
        </b>
        <span className="h-5 w-px bg-line" />
      </div>
      <div className={`flex min-w-0 flex-1 gap-1 ${all ? 'flex-col' : 'overflow-hidden'}`}>
        {(all ? shown : shown.slice(0, 2)).map((one) => (
          <Entry key={`${one.code}${one.pointer}${one.block}`} finding={one} />
        ))}
      </div>
      <button
        type="button"
        className="btn btn-ghost btn-sm flex-none self-end"
        aria-expanded={all}
        onClick={() => set({ problems: !all })}
      >
        {all ? t('Show less') : t('Show all')}
      </button>
    </section>
  );
}
