// Above a list: all rows, or those in one state.
import { useTranslation } from '@/language/translate';

interface Props<State extends string> {
  words: Record<State, string>;
  chosen: State | 'all';
  choose: (state: State | 'all') => void;
}

export function StateFilter<State extends string>({ words, chosen, choose }: Props<State>) {
  const { t } = useTranslation();
  return (
    <div className="field field-sm !w-auto max-sm:!w-full">
      <select
        aria-label={t('State')}
        value={chosen}
        onChange={({ target }) => choose(target.value as State | 'all')}
      >
        <option value="all">{t('Every state')}</option>
        {Object.entries<string>(words).map(([state, word]) => (
          <option key={state} value={state}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
