// One seat: what is set on it, its phones, what rings it.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { type Seat, type SeatDocument, seatQuery } from '@/api/office';
import { type Answer, path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { useMay } from '@/session/account';
import { PanelButtons } from '@/ui/panel-buttons';
import { SidePanel } from '@/ui/side-panel';
import { toast } from '@/ui/toasts';
import { isGone, WaitingPanel } from '@/ui/waiting-panel';
import { useDeed } from './deed';
import { useEdits } from './edits';
import { ObjectUses } from './object-uses';
import { SeatFields, toldAt } from './seat-fields';
import { SeatPhones } from './seat-phones';

const RemoveSeatDialog = lazy(() => import('./remove-seat-dialog'));

interface Props {
  id: string;
  account: string;
  close: () => void;
}

function nameOf({ first_name = '', last_name = '' }: SeatDocument): string {
  return `${first_name} ${last_name}`.trim();
}

function Fields({ id, account, close, saved }: Props & { saved: Answer<Seat> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [removing, setRemoving] = useState(false);
  const { busy, attempt, wrong, forget } = useDeed(account);
  const { document, callflow } = saved.value;
  const { document: seat, edited, meanwhile, put, drop, arrived } = useEdits(document, forget);
  const name = nameOf(seat);
  const save = () =>
    attempt(async () => {
      const to = path`/accounts/${account}/seats/${id}`;
      await request(to, { method: 'PUT', body: seat, ifMatch: saved.etag });
      arrived(seat);
      toast({ tone: 'ok', title: t('{{name}} is saved', { name }) });
    }, toldAt(seat));
  const footer = may.administer && (
    <PanelButtons
      ready={edited && !busy && name !== ''}
      dirty={edited}
      meanwhile={meanwhile}
      onDelete={() => setRemoving(true)}
      onUndo={drop}
    />
  );
  return (
    <SidePanel
      title={nameOf(document) || id}
      onClose={close}
      footer={footer}
      onSave={() => void save()}
    >
      <div className="flex flex-col gap-5 p-5">
        <SeatFields account={account} seat={seat} fixed={!may.administer} wrong={wrong} put={put} />
        <SeatPhones account={account} seat={id} name={nameOf(document)} />
        <ObjectUses account={account} kind="seats" id={id} />
        {callflow && (
          <p className="t-small text-ink3">
            {t('Made with it:')}{' '}
            <Link
              to="/callflows/$id"
              params={{ id: callflow.id }}
              className="text-accent-ink underline"
            >
              {callflow.name || callflow.id}
            </Link>
          </p>
        )}
      </div>
      {removing && (
        <Suspense fallback={null}>
          <RemoveSeatDialog
            account={account}
            seat={saved.value}
            name={nameOf(document)}
            onClose={() => setRemoving(false)}
            onRemoved={() => {
              drop();
              close();
            }}
          />
        </Suspense>
      )}
    </SidePanel>
  );
}

export function SeatPanel(props: Props) {
  const { data: saved, error } = useQuery(seatQuery(props.account, props.id));
  if (saved && !isGone(error)) return <Fields {...props} saved={saved} />;
  return <WaitingPanel title={props.id} error={error} onClose={props.close} />;
}
