// The menu of the Save button. The four names are the product's own.
import { CircleAlert, CopyPlus, FilePlus2, type LucideIcon, Save, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { useChangeCount, useSaving } from './saving';

interface EntryProps {
  icon: LucideIcon;
  title: string;
  text: string;
  keys?: string;
  run: () => void;
}

function Entry({ icon: Icon, title, text, keys, run }: EntryProps) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={run}>
      <Icon aria-hidden className="mt-0.5 text-ink3" />
      <span className="min-w-0 flex-1">
        <span className="block">{title}</span>
        <span className="block t-small text-ink3">{text}</span>
      </span>
      {keys && <span className="kbd self-start">{keys}</span>}
    </DropdownMenu.Item>
  );
}

function ErrorNote() {
  const { t } = useTranslation();
  const published = useEditor((state) => state.published);
  const errors = useView(
    (state) => state.findings.filter((one) => one.severity === 'error').length,
  );
  if (errors === 0) return null;
  const kept = t('your changes are kept as a draft.');
  const live = published
    ? t('Version {{version}} keeps taking calls.', { version: published })
    : '';
  return (
    <div className="mb-1 flex gap-2 rounded-control bg-err-tint px-2.5 py-2 t-small text-err">
      <CircleAlert aria-hidden className="!h-3.5 !w-3.5 mt-px" />
      <span>
        {t('{{count}} errors', { count: errors })}: {kept} {live}
      </span>
    </div>
  );
}

export default function SaveMenu({ face }: { face: ReactNode }) {
  const { t } = useTranslation();
  const count = useChangeCount();
  const name = useEditor((state) => state.document.name ?? '');
  const { busy, saveChanges, saveAndDuplicate, saveAndCreate, cancel } = useSaving();
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="btn btn-primary ml-1" disabled={busy}>
          {face}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu w-[278px]" align="end" sideOffset={6}>
          <ErrorNote />
          <Entry
            icon={Save}
            title="Save Changes"
            text={t('Keep working on this callflow')}
            keys="Ctrl S"
            run={saveChanges}
          />
          <Entry
            icon={CopyPlus}
            title="Save and Duplicate"
            text={t('Opens “{{name}} copy”, no numbers', { name })}
            run={saveAndDuplicate}
          />
          <Entry
            icon={FilePlus2}
            title="Save and Create"
            text={t('Opens a new, empty callflow')}
            run={saveAndCreate}
          />
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
          <Entry
            icon={X}
            title="Cancel"
            text={t('Drops your {{count}} changes, after asking', { count })}
            run={cancel}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
