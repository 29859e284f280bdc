// The callflow as a file: the JSON that is drawn, saved or not.
import type { CallflowDocument } from '@/callflow/document';

export function fileNameOf(document: CallflowDocument): string {
  const name = (document.name ?? '').replace(/[^\p{L}\p{N}_-]+/gu, ' ').trim();
  return `${name || 'callflow'}.json`;
}

export function exportFile(callflow: CallflowDocument): void {
  const text = `${JSON.stringify(callflow, null, 2)}\n`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = fileNameOf(callflow);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
