// One rule, or one rule set.
import { useQuery } from '@tanstack/react-query';
import type { Wrong } from '@/api/findings';
import { type Answer, request } from '@/api/request';
import {
  type Kept,
  type RuleDocument,
  type RuleSetDocument,
  ruleQuery,
  ruleSetQuery,
} from '@/api/schedule';
import { useTranslation } from '@/language/translate';
import { useDeed } from '@/seats/deed';
import { useEdits } from '@/seats/edits';
import { ObjectUses } from '@/seats/object-uses';
import { useMay } from '@/session/account';
import { ask } from '@/ui/confirm';
import { PanelButtons } from '@/ui/panel-buttons';
import { SidePanel } from '@/ui/side-panel';
import { toast } from '@/ui/toasts';
import { isGone, WaitingPanel } from '@/ui/waiting-panel';
import { RuleFields, toldAt } from './rule-fields';
import { RuleSetFields, SET_TOLD_AT } from './rule-set-fields';

export interface Chosen {
  kind: 'temporal_rules' | 'temporal_rule_sets';
  id: string;
}

interface Props {
  account: string;
  chosen: Chosen;
  close: () => void;
}

interface FieldsProps<Document> extends Props {
  told: (document: Document) => readonly string[];
  saved: Answer<Kept<Document>>;
  fields: (
    document: Document,
    fixed: boolean,
    wrong: Wrong,
    put: (part: Partial<Document>) => void,
  ) => React.ReactNode;
}

function Editing<Document extends { name: string }>(props: FieldsProps<Document>) {
  const { account, chosen, close, saved, told, fields } = props;
  const { t } = useTranslation();
  const may = useMay();
  const { busy, attempt, wrong, forget } = useDeed(account);
  const { document, edited, meanwhile, put, drop, arrived } = useEdits(
    saved.value.document,
    forget,
  );
  const { name } = document;
  const to = `/accounts/${account}/${chosen.kind}/${encodeURIComponent(chosen.id)}`;
  const save = () =>
    attempt(async () => {
      await request(to, { method: 'PUT', body: document, ifMatch: saved.etag });
      arrived(document);
      toast({ tone: 'ok', title: t('{{name}} is saved', { name }) });
    }, told(document));
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
      title={saved.value.document.name}
      onClose={close}
      footer={footer}
      onSave={() => void save()}
    >
      <div className="flex flex-col gap-5 p-5">
        {fields(document, !may.edit, wrong, put)}
        <ObjectUses account={account} kind={chosen.kind} id={chosen.id} />
      </div>
    </SidePanel>
  );
}

function Rule(props: Props) {
  const { data: saved, error } = useQuery(ruleQuery(props.account, props.chosen.id));
  if (!saved || isGone(error))
    return <WaitingPanel title={props.chosen.id} error={error} onClose={props.close} />;
  return (
    <Editing<RuleDocument>
      {...props}
      saved={saved}
      told={toldAt}
      fields={(rule, fixed, wrong, put) => (
        <RuleFields rule={rule} fixed={fixed} wrong={wrong} put={put} />
      )}
    />
  );
}

function RuleSet(props: Props) {
  const { account, chosen } = props;
  const { data: saved, error } = useQuery(ruleSetQuery(account, chosen.id));
  if (!saved || isGone(error))
    return <WaitingPanel title={chosen.id} error={error} onClose={props.close} />;
  return (
    <Editing<RuleSetDocument>
      {...props}
      saved={saved}
      told={() => SET_TOLD_AT}
      fields={(set, fixed, wrong, put) => (
        <RuleSetFields account={account} set={set} fixed={fixed} wrong={wrong} put={put} />
      )}
    />
  );
}

export function SchedulePanel(props: Props) {
  return props.chosen.kind === 'temporal_rules' ? <Rule {...props} /> : <RuleSet {...props} />;
}
