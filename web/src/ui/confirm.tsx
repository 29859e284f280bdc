// One question, two answers. `ask` can be called from anywhere; it resolves to the answer.
import { lazy, Suspense } from 'react';
import { create } from 'zustand';

interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
  danger?: boolean;
}

export interface Asked extends Question {
  answer: (yes: boolean) => void;
}

const ConfirmDialog = lazy(() => import('./confirm-dialog'));
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
  return asked ? (
    <Suspense fallback={null}>
      <ConfirmDialog asked={asked} />
    </Suspense>
  ) : null;
}
