// One ring group, or a new one.
import { useQuery } from '@tanstack/react-query';
import type { Wrong } from '@/api/findings';
import { type RingGroup, type RingGroupDocument, ringGroupQuery } from '@/api/office';
import { type Answer, path, request } from '@/api/request';
import { namingRows } from '@/api/rows';
import { useTranslation } from '@/language/translate';
import { useDeed } from '@/seats/deed';
import { useEdits } from '@/seats/edits';
import { ObjectUses } from '@/seats/object-uses';
import { hintOf, NumberField, TextField } from '@/seats/text-field';
import { useMay } from '@/session/account';
import { ask } from '@/ui/confirm';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { PanelButtons } from '@/ui/panel-buttons';
import { SidePanel } from '@/ui/side-panel';
import { toast } from '@/ui/toasts';
import { isGone, WaitingPanel } from '@/ui/waiting-panel';
import { MembersField } from './members-field';
import { isStrategy, STRATEGIES, useStrategyWords } from './strategies';

interface Props {
  id: string;
  account: string;
  close: () => void;
}

// The members whose field tells what is wrong with them.
export const TOLD_AT = ['/name', '/strategy', '/endpoints/', '/repeats'];

interface FieldsProps {
  account: string;
  own: string;
  group: RingGroupDocument;
  fixed: boolean;
  wrong: Wrong;
  put: (part: Partial<RingGroupDocument>) => void;
}

export function RingGroupFields({ account, own, group, fixed, wrong, put }: FieldsProps) {
  const { t } = useTranslation();
  const words = useStrategyWords();
  const strategy = group.strategy ?? 'simultaneous';
  return (
    <>
      <TextField
        label={t('Name')}
        max={128}
        required
        disabled={fixed}
        wrong={wrong('/name')}
        value={group.name}
        onChange={(name) => put({ name })}
      />
      <Labelled
        label={t('Strategy')}
        {...hintOf(wrong('/strategy'), <Hint>{words[strategy].means}</Hint>)}
      >
        {(ids) => (
          <select
            {...ids}
            disabled={fixed}
            value={strategy}
            onChange={({ target }) => isStrategy(target.value) && put({ strategy: target.value })}
          >
            {STRATEGIES.map((one) => (
              <option key={one} value={one}>
                {words[one].name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <MembersField
        account={account}
        own={own}
        members={group.endpoints ?? []}
        fixed={fixed}
        weighted={strategy === 'weighted_random'}
        wrong={wrong}
        onChange={(endpoints) => put({ endpoints })}
      />
      <NumberField
        label={t('Rounds')}
        min={1}
        max={10}
        disabled={fixed}
        wrong={wrong('/repeats')}
        usual={1}
        value={group.repeats}
        onChange={(repeats) => put({ repeats })}
      />
    </>
  );
}

function Fields({ id, account, close, saved }: Props & { saved: Answer<RingGroup> }) {
  const { t } = useTranslation();
  const may = useMay();
  const { busy, attempt, wrong, forget } = useDeed(account);
  const {
    document: group,
    edited,
    meanwhile,
    put,
    drop,
    arrived,
  } = useEdits(saved.value.document, forget);
  const { name } = group;
  const to = path`/accounts/${account}/ring_groups/${id}`;
  const save = () =>
    attempt(async () => {
      await request(to, { method: 'PUT', body: group, ifMatch: saved.etag }).catch(
        namingRows('/endpoints', group.endpoints),
      );
      arrived(group);
      toast({ tone: 'ok', title: t('{{name}} is saved', { name }) });
    }, TOLD_AT);
  const remove = async () => {
    const yes = await ask({
      title: t('Delete {{name}}?', { name: saved.value.document.name }),
      text: t('This can’t be undone.'),
      yes: t('Delete'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    await attempt(async () => {
      await request(to, { method: 'DELETE', ifMatch: '*' });
      drop();
      close();
    });
  };
  const footer = may.edit && (
    <PanelButtons
      ready={edited && !busy && name.trim() !== ''}
      dirty={edited}
      meanwhile={meanwhile}
      onDelete={() => void remove()}
      onUndo={drop}
    />
  );
  return (
    <SidePanel
      title={saved.value.document.name || id}
      onClose={close}
      footer={footer}
      onSave={() => void save()}
    >
      <div className="flex flex-col gap-5 p-5">
        <RingGroupFields
          account={account}
          own={id}
          group={group}
          fixed={!may.edit}
          wrong={wrong}
          put={put}
        />
        <ObjectUses account={account} kind="ring_groups" id={id} />
      </div>
    </SidePanel>
  );
}

export function RingGroupPanel(props: Props) {
  const { data: saved, error } = useQuery(ringGroupQuery(props.account, props.id));
  if (saved && !isGone(error)) return <Fields {...props} saved={saved} />;
  return <WaitingPanel title={props.id} error={error} onClose={props.close} />;
}
