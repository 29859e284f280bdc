// Under what is being edited: delete, undo, and save, which Enter in a field does, too.
import { Trash2 } from 'lucide-react';
import { useTranslation } from '@/language/translate';
import { Hint } from './hint';

interface Props {
  kept?: boolean; // cannot be deleted
  deletion?: string; // where it has another word
  ready: boolean;
  dirty: boolean;
  meanwhile: boolean; // somebody else has changed the same
  onDelete: () => void;
  onUndo: () => void;
}

export function PanelButtons(props: Props) {
  const { kept = false, deletion, ready, dirty, meanwhile, onDelete, onUndo } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className="basis-full" aria-live="polite">
        {meanwhile && (
          <Hint tone="warn">
            {t('Somebody else has changed this meanwhile. Save keeps yours, Undo shows theirs.')}
          </Hint>
        )}
      </div>
      <button type="button" className="btn btn-ghost -ml-3" disabled={kept} onClick={onDelete}>
        <Trash2 aria-hidden />
        {deletion ?? t('Delete')}
      </button>
      <span className="flex-1" />
      <button type="button" className="btn" disabled={!dirty} onClick={onUndo}>
        {t('Undo')}
      </button>
      <button type="submit" className="btn btn-primary" disabled={!ready}>
        {t('Save')}
      </button>
    </>
  );
}
