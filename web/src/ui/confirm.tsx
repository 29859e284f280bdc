// One question, two answers. `ask` can be called from anywhere; it resolves to the answer.
import { AlertDialog } from 'radix-ui';
import { create } from 'zustand';

interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
  danger?: boolean;
}

interface Asked extends Question {
  answer: (yes: boolean) => void;
}

const useQuestion = create<{ asked: Asked | null }>(() => ({ asked: null }));

export function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      useQuestion.setState({ asked: null });
      resolve(yes);
    };
    useQuestion.setState({ asked: { ...question, answer } });
  });
}

export function Confirmation() {
  const asked = useQuestion((state) => state.asked);
  if (!asked) return null;
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && asked.answer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-scrim" style={{ zIndex: 80 }} />
        <AlertDialog.Content className="dialog p-5" style={{ width: 440, zIndex: 81 }}>
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
