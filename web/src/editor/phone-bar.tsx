// The bar at the bottom on phones.
import { Play, Plus, Redo2, TriangleAlert, Undo2 } from 'lucide-react';
import { useTranslation } from '@/language/translate';
import { useDeeds } from './deeds';
import { useHistory } from './store';
import { MAIN, useView } from './view-store';

const BUTTON = 'flex min-w-14 flex-col items-center gap-1 py-1.5 t-micro disabled:text-off';

export function PhoneBar() {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const { selection, findings, problems: shown, set } = useView();
  const past = useHistory((state) => state.pastStates.length);
  const future = useHistory((state) => state.futureStates.length);
  const count = findings.filter((one) => one.severity !== 'info').length;
  const under = selection === MAIN || selection === null ? null : selection;
  return (
    <nav
      aria-label={t('Tools')}
      className="flex flex-none items-center justify-around border-line border-t bg-panel px-2 py-1.5
        sm:hidden"
    >
      {deeds.mayEdit && (
        <>
          <button
            type="button"
            className={BUTTON}
            disabled={past === 0}
            onClick={() => deeds.undo()}
          >
            <Undo2 aria-hidden />
            {t('Undo')}
          </button>
          <button
            type="button"
            className={BUTTON}
            disabled={future === 0}
            onClick={() => deeds.redo()}
          >
            <Redo2 aria-hidden />
            {t('Redo')}
          </button>
          <button
            type="button"
            className="grid h-12 w-12 place-items-center rounded-full bg-accent text-white"
            aria-label={t('Add an action')}
            onClick={() => set({ pop: { kind: 'insert', at: { under } } })}
          >
            <Plus aria-hidden />
          </button>
        </>
      )}
      <button type="button" className={BUTTON} onClick={() => set({ panel: 'simulate' })}>
        <Play aria-hidden />
        {t('Simulate')}
      </button>
      <button type="button" className={BUTTON} onClick={() => set({ problems: !shown })}>
        <span className="flex items-center gap-1">
          <TriangleAlert aria-hidden />
          {count > 0 && <b className="text-err">{count}</b>}
        </span>
        {t('Problems')}
      </button>
    </nav>
  );
}
