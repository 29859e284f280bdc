// Which branch of the parent a block hangs on: only free keys are offered.
import { useId } from 'react';
import { acceptsAnyText, branchWords, freeKeys, isLegalKey } from '@/callflow/branches';
import { type Block, childAt } from '@/callflow/document';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';

interface Props {
  parent: Block;
  value: string;
  own?: string; // the key that the block has now
  onChange: (key: string) => void;
}

export function useBranchProblem(parent: Block, value: string, own?: string): string | null {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const action = catalog.get(parent.module);
  if (value === own) return null;
  if (value === '') return t('Choose a branch');
  if (childAt(parent, value)) return t('That branch has a block already');
  return isLegalKey(action, value) ? null : t('This action never takes such a branch');
}

export function BranchField({ parent, value, own, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { catalog } = useEditorContext();
  const action = catalog.get(parent.module);
  const free = freeKeys(action, parent);
  const offered = own !== undefined && !free.includes(own) ? [own, ...free] : free;
  const problem = useBranchProblem(parent, value, own);
  const wordsOf = (key: string) => {
    const { cap, words } = branchWords(action, key, t);
    return cap ? t('Key {{key}}', { key: cap }) : words || t('Next');
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {action?.keys?.label ? t(action.keys.label) : t('Branch')}
      </label>
      <div className="flex gap-2">
        <div className="field">
          <select
            id={id}
            value={offered.includes(value) ? value : 'other'}
            onChange={(event) => onChange(event.target.value === 'other' ? '' : event.target.value)}
          >
            {offered.map((key) => (
              <option key={key} value={key}>
                {wordsOf(key)}
              </option>
            ))}
            {acceptsAnyText(action) && <option value="other">{t('Other…')}</option>}
          </select>
        </div>
        {!offered.includes(value) && (
          <div className="field" data-bad={problem !== null}>
            <input
              aria-label={t('Other key')}
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
          </div>
        )}
      </div>
      {problem && <Hint tone="err">{problem}</Hint>}
    </div>
  );
}
