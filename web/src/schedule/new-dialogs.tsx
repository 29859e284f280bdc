// A new rule, a new rule set.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, request } from '@/api/request';
import type { Kept, RuleDocument, RuleSetDocument } from '@/api/schedule';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { ProblemLine } from '@/ui/problem-line';
import { useSubmit } from '@/ui/use-submit';
import { RuleFields, toldAt } from './rule-fields';
import { RuleSetFields, SET_TOLD_AT } from './rule-set-fields';
import type { Chosen } from './schedule-panel';

interface Props {
  account: string;
  close: (made?: Chosen) => void;
}

const OFFICE_HOURS: RuleDocument = {
  name: '',
  cycle: 'weekly',
  wdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  time_window_start: 32_400,
  time_window_stop: 61_200,
};

export function NewRuleDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [rule, setRule] = useState(OFFICE_HOURS);
  const form = useSubmit(async () => {
    const to = path`/accounts/${account}/temporal_rules`;
    const { value } = await request<Kept<RuleDocument>>(to, { method: 'POST', body: rule });
    await cache.invalidateQueries({ queryKey: [account] });
    close({ kind: 'temporal_rules', id: value.id });
  }, toldAt(rule));
  return (
    <FormModal
      title={t('New rule')}
      deed={t('Add rule')}
      form={form}
      ready={rule.name.trim() !== ''}
      onClose={() => close()}
    >
      <RuleFields
        rule={rule}
        fixed={false}
        wrong={form.wrong}
        put={(part) => setRule((before) => ({ ...before, ...part }))}
      />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}

export function NewRuleSetDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [set, setSet] = useState<RuleSetDocument>({ name: '' });
  const form = useSubmit(async () => {
    const to = path`/accounts/${account}/temporal_rule_sets`;
    const { value } = await request<Kept<RuleSetDocument>>(to, { method: 'POST', body: set });
    await cache.invalidateQueries({ queryKey: [account] });
    close({ kind: 'temporal_rule_sets', id: value.id });
  }, SET_TOLD_AT);
  return (
    <FormModal
      title={t('New rule set')}
      deed={t('Add rule set')}
      form={form}
      ready={set.name.trim() !== ''}
      onClose={() => close()}
    >
      <RuleSetFields
        account={account}
        set={set}
        fixed={false}
        wrong={form.wrong}
        put={(part) => setSet((before) => ({ ...before, ...part }))}
      />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
