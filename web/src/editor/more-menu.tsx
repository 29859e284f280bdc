// What is done to the callflow as a whole, and not often.
import { Download, History, type LucideIcon, Radio, Trash2, Unplug } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from '@/language/translate';
import { usePublishing } from '@/save/publishing';
import { useDirty } from '@/save/saving';
import { useEditorContext } from './context';
import { exportFile } from './export';
import { useEditor } from './store';
import { useView } from './view-store';

const DeleteDialog = lazy(() => import('./delete-dialog'));

interface EntryProps {
  icon: LucideIcon;
  title: string;
  text: string;
  className?: string;
  run: () => void;
}

function Entry({ icon: Icon, title, text, className = '', run }: EntryProps) {
  return (
    <DropdownMenu.Item className={`menu-item ${className}`} onSelect={run}>
      <Icon aria-hidden className="mt-0.5 text-ink3" />
      <span className="min-w-0 flex-1">
        <span className="block">{title}</span>
        <span className="block t-small text-ink3">{text}</span>
      </span>
    </DropdownMenu.Item>
  );
}

function Entries({ askDelete }: { askDelete: () => void }) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const { id, document, revision, published } = useEditor();
  const set = useView((state) => state.set);
  const dirty = useDirty();
  const { publish, unpublish } = usePublishing();
  const stored = mayEdit && id !== null;
  return (
    <>
      <Entry
        icon={History}
        title={t('History')}
        text={t('Versions, and what differs')}
        className="sm:hidden"
        run={() => set({ panel: 'history' })}
      />
      {stored && !dirty && revision !== published && (
        <Entry
          icon={Radio}
          title={t('Make version {{version}} live', { version: revision })}
          text={t('New calls use it.')}
          run={() => publish(revision)}
        />
      )}
      {stored && published > 0 && (
        <Entry
          icon={Unplug}
          title={t('Take off line…')}
          text={t('No version takes calls then')}
          run={unpublish}
        />
      )}
      <Entry
        icon={Download}
        title={t('Export')}
        text={t('A JSON file of what you see')}
        run={() => exportFile(document)}
      />
      {stored && (
        <>
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
          <Entry
            icon={Trash2}
            title={t('Delete callflow…')}
            text={t('With all its versions')}
            run={askDelete}
          />
        </>
      )}
    </>
  );
}

interface Props {
  className: string;
  label: string;
  face: ReactNode;
}

export default function MoreMenu({ className, label, face }: Props) {
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <DropdownMenu.Root defaultOpen modal={false}>
        <DropdownMenu.Trigger className={className} aria-label={label} title={label}>
          {face}
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu w-[278px]" align="end" sideOffset={6}>
            <Entries askDelete={() => setDeleting(true)} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {deleting && (
        <Suspense fallback={null}>
          <DeleteDialog close={() => setDeleting(false)} />
        </Suspense>
      )}
    </>
  );
}
