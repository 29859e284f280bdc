// Under what is being edited: delete, undo, save.
import { Trash2 } from 'lucide-react';
import { useTranslation } from '@/language/translate';

interface Props {
  kept?: boolean; // cannot be deleted
  deletion?: string; // where it has another word
  ready: boolean;
  dirty: boolean;
  onDelete: () => void;
  onUndo: () => void;
  onSave: () => void;
}

export function PanelButtons(props: Props) {
  const { kept = false, deletion, ready, dirty, onDelete, onUndo, onSave } = props;
  const { t } = useTranslation();
  return (
    <>
      <button type="button" className="btn btn-ghost -ml-3" disabled={kept} onClick={onDelete}>
        <Trash2 aria-hidden />
        {deletion ?? t('Delete')}
      </button>
      <span className="flex-1" />
      <button type="button" className="btn" disabled={!dirty} onClick={onUndo}>
        {t('Undo')}
      </button>
      <button type="button" className="btn btn-primary" disabled={!ready} onClick={onSave}>
        {t('Save')}
      </button>
    </>
  );
}
