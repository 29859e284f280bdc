import { AlertDialog } from 'radix-ui';
import type { Asked } from './confirm';

export default function ConfirmDialog({ asked }: { asked: Asked }) {
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && asked.answer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-scrim" style={{ zIndex: 80 }} />
        <AlertDialog.Content className="dialog p-5" style={{ zIndex: 81 }}>
          <AlertDialog.Title className="t-title">{asked.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink2">{asked.text}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel className="btn">{asked.no}</AlertDialog.Cancel>
            <button
              type="button"
              className={`btn ${asked.danger ? 'btn-danger' : 'btn-primary'}`}
              onClick={() => asked.answer(true)}
            >
              {asked.yes}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
