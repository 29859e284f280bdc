// The final response, or the BYE, as it stands on the wire.
import { Copy } from 'lucide-react';
import type { Simulation } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { copyText } from '@/ui/copy';

export function FinalMessage({ final }: { final: Simulation['final'] }) {
  const { t } = useTranslation();
  return (
    <section className="border-line border-t p-5" data-final>
      <div className="mb-2 flex">
        <h3 className="t-strong flex-1">{t('Final message to the caller')}</h3>
        <button type="button" className="btn btn-link" onClick={() => void copyText(final.message)}>
          <Copy aria-hidden className="!h-3.5 !w-3.5" />
          {t('Copy')}
        </button>
      </div>
      <pre
        className="overflow-x-auto rounded-card border border-line py-2 t-code text-ink2"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways by keyboard
        tabIndex={0}
      >
        {final.message.split(/\r?\n/).map((line, index) => (
          <div
            key={`${index}-${line}`}
            className={`px-3 ${index ? '' : 'bg-accent-tint text-ink'}`}
          >
            {line}
          </div>
        ))}
      </pre>
    </section>
  );
}
