// A new ring group.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RingGroup, RingGroupDocument } from '@/api/office';
import { path, request } from '@/api/request';
import { namingRows } from '@/api/rows';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { ProblemLine } from '@/ui/problem-line';
import { useSubmit } from '@/ui/use-submit';
import { RingGroupFields, TOLD_AT } from './ring-group-panel';

interface Props {
  account: string;
  close: (made?: string) => void;
}

export default function NewRingGroupDialog({ account, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [group, setGroup] = useState<RingGroupDocument>({ name: '' });
  const form = useSubmit(async () => {
    const to = path`/accounts/${account}/ring_groups`;
    const { value } = await request<RingGroup>(to, { method: 'POST', body: group }).catch(
      namingRows('/endpoints', group.endpoints),
    );
    await cache.invalidateQueries({ queryKey: [account] });
    close(value.id);
  }, TOLD_AT);
  return (
    <FormModal
      title={t('New ring group')}
      deed={t('Add ring group')}
      form={form}
      ready={group.name.trim() !== ''}
      onClose={() => close()}
    >
      <RingGroupFields
        account={account}
        own=""
        group={group}
        fixed={false}
        wrong={form.wrong}
        put={(part) => setGroup((before) => ({ ...before, ...part }))}
      />
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
