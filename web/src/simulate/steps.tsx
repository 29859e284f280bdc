// The blocks that a call passed, in order; those of this diagram can be gone to.
import { Link } from '@tanstack/react-router';
import type { PathStep } from '@/api/types';
import { branchWords } from '@/callflow/branches';
import { type CallflowDocument, findPlace } from '@/callflow/document';
import { noteWords } from '@/calls/notes';
import { useEditorContext } from '@/editor/context';
import { useDeeds } from '@/editor/deeds';
import { focusBlock } from '@/editor/focus';
import { useTranslation } from '@/language/translate';
import { Tile } from '@/ui/tile';
import { isOwn } from './path-marks';

const ROW = 'flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 hover:bg-hover';

interface StepProps {
  step: PathStep;
  number: number;
  document: CallflowDocument;
  call: string | undefined;
}

function Step({ step, number, document, call }: StepProps) {
  const { t } = useTranslation();
  const { catalog, names } = useEditorContext();
  const deeds = useDeeds();
  const own = isOwn(step, document);
  const place = own ? findPlace(document, step.block) : null;
  const action = catalog.get(step.module);
  const { cap, words } = branchWords(action, step.exit ?? '', t);
  const elsewhere = own ? '' : (names.callflows.get(step.callflow ?? '') ?? step.callflow ?? '');
  const below = [elsewhere, noteWords(step.note) || [cap, words].filter(Boolean).join(' ')];
  const face = (
    <>
      <span className="step-number !static flex-none">{number}</span>
      <Tile module={step.module} group={action?.group} size="s" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">
          {place ? deeds.nameOf(place.block) : (action?.title ?? step.module)}
        </span>
        <span className="block truncate t-small text-ink3">{below.filter(Boolean).join(', ')}</span>
      </span>
      <span className="t-small text-ink3 tabular-nums">{(step.at_ms / 1000).toFixed(3)}</span>
    </>
  );
  if (own || !step.callflow) {
    return (
      <button type="button" className={ROW} onClick={() => focusBlock(step.block)}>
        {face}
      </button>
    );
  }
  const search = call && step.revision ? { revision: step.revision, call } : {};
  return (
    <Link to="/callflows/$id" params={{ id: step.callflow }} search={search} className={ROW}>
      {face}
    </Link>
  );
}

interface Props {
  path: readonly PathStep[];
  document: CallflowDocument;
  call?: string; // whose path it is, when it was a real one
}

export function Steps({ path, document, call }: Props) {
  return (
    <ol>
      {path.map((step, index) => (
        <li key={`${index}-${step.block}`}>
          <Step step={step} number={index + 2} document={document} call={call} />
        </li>
      ))}
    </ol>
  );
}
