// Beside Save, while there is something to save.
import { MessageSquarePlus, MessageSquareText } from 'lucide-react';
import { lazy } from 'react';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { OnDemand } from '@/ui/on-demand';
import { useDirty } from './saving';

const NotePop = lazy(() => import('./note-pop'));
const LOOK = 'btn btn-ghost btn-icon max-sm:hidden';

export function NoteButton() {
  const { t } = useTranslation();
  const dirty = useDirty();
  const written = useView((state) => state.revisionNote.trim() !== '');
  if (!dirty) return null;
  const Icon = written ? MessageSquareText : MessageSquarePlus;
  const face = <Icon aria-hidden className={written ? 'text-accent-ink' : ''} />;
  const label = t('Note for this version');
  return (
    <OnDemand className={LOOK} label={label} face={face}>
      <NotePop className={LOOK} label={label} face={face} />
    </OnDemand>
  );
}
