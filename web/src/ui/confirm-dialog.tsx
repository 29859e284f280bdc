import { AlertDialog } from 'radix-ui';
import type { Asked } from './confirm';
import { useFocusBack } from './focus-back';

export default function ConfirmDialog({ asked }: { asked: Asked }) {
  const giveFocusBack = useFocusBack();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && asked.answer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-scrim" style={{ zIndex: 80 }} />
        <AlertDialog.Content
          className="dialog p-5"
          style={{ zIndex: 81 }}
          onCloseAutoFocus={giveFocusBack}
        >
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
